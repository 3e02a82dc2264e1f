#include <windows.h>

#include <filesystem>

#include <doctest/doctest.h>

#include "platform/durable_file.h"
#include "platform/file_lock.h"
#include "platform/invoker.h"
#include "platform/native_host.h"
#include "platform/own_file.h"
#include "platform/places.h"
#include "platform/process.h"
#include "platform/windows/allowed.h"
#include "platform/windows/probe.h"
#include "platform/windows/text.h"

// What the running Windows (or Wine) answers.
namespace gokajo::tests {

using namespace platform;
using namespace std::chrono_literals;

namespace {

// The second bytes of these letters in code page 932 are ASCII's backslash; full-width letters and an era are beside them.
const std::string kTricky = "ソ表能 ＯｎｅＤｒｉｖｅ - 株式会社○○ 令和８年";

std::string scratch() {
  wchar_t folder[MAX_PATH] = L"";
  GetTempPathW(MAX_PATH, folder);
  const auto path = utf8(folder) + "gokajo-" + std::to_string(GetCurrentProcessId()) + " " + kTricky;
  REQUIRE(own_private_directory(path));
  return path;
}

const bool kDoubled = [] {
  set_probe_double([](const Question& question) -> std::optional<Result<Reply>> {
    const auto* api = std::get_if<AskApi>(&question);
    if (!api || api->arguments.empty()) return std::nullopt;
    if (api->arguments[0] == "never") Sleep(INFINITE);
    if (api->arguments[0] == "leak") {
      for (;;) {
        void* piece = VirtualAlloc(nullptr, 16 << 20, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
        if (!piece) Sleep(INFINITE);
        if (piece) memset(piece, 1, 16 << 20);
      }
    }
    if (api->arguments[0] == "crash") TerminateProcess(GetCurrentProcess(), 0xC0000005);
    if (api->arguments[0] == "echo") return Result<Reply>(Reply{Rows{{{{"text", Cell{api->arguments[1]}}}}}});
    return std::nullopt;
  });
  return true;
}();

bool probe_runs() {
  const auto answer = native_host()->ask(ListProcesses{});
  REQUIRE(answer.reply);
  wchar_t own[MAX_PATH] = L"";
  GetModuleFileNameW(nullptr, own, MAX_PATH);
  const auto name = std::filesystem::path(own).filename().string();
  std::size_t count = 0;
  for (const auto& process : std::get<Processes>(*answer.reply).processes) count += process.name == name;
  return count > 1;
}

}  // namespace

TEST_CASE("a file is written whole under a Japanese name, and read back by nobody else's leave") {
  const auto folder = scratch(), file = folder + "\\" + kTricky + ".json";
  REQUIRE(write_file_durably(file, "first"));
  REQUIRE(write_file_durably(file, "second: " + kTricky));
  const auto text = read_own_file(file, 1 << 20);
  REQUIRE_MESSAGE(text, text.error().detail);
  CHECK(*text == "second: " + kTricky);
  CHECK(read_own_file(file, 3).error().kind == ErrorKind::too_large);
  CHECK(read_own_file(folder + "\\none", 9).error().kind == ErrorKind::not_found);
  REQUIRE(rename_durably(file, file + ".2"));
  REQUIRE(remove_file_durably(file + ".2"));
  CHECK(remove_file_durably(file + ".2"));
  CHECK(std::filesystem::is_empty(std::filesystem::path(wide(folder))));
  std::filesystem::remove_all(std::filesystem::path(wide(folder)));
}

TEST_CASE("a lock is held by one at a time") {
  const auto folder = scratch();
  {
    auto first = FileLock::take(folder + "\\lock");
    REQUIRE(first);
    REQUIRE(*first);
    auto second = FileLock::take(folder + "\\lock");
    REQUIRE(second);
    CHECK_FALSE(*second);
  }
  auto third = FileLock::take(folder + "\\lock");
  REQUIRE(third);
  CHECK(*third);
  third = std::optional<FileLock>();
  std::filesystem::remove_all(std::filesystem::path(wide(folder)));
}

TEST_CASE("the registry gives what was written to it, in any letters") {
  const std::wstring key = L"Software\\Microsoft\\OneDrive\\Accounts\\GokajoTest";
  HKEY opened = nullptr;
  REQUIRE(RegCreateKeyExW(HKEY_CURRENT_USER, key.c_str(), 0, nullptr, 0, KEY_ALL_ACCESS, nullptr, &opened, nullptr) == ERROR_SUCCESS);
  const auto text = wide("C:\\Users\\田中\\" + kTricky);
  const DWORD number = 3584;
  RegSetValueExW(opened, L"UserFolder", 0, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()), static_cast<DWORD>((text.size() + 1) * 2));
  RegSetValueExW(opened, L"KfmFoldersProtectedNow", 0, REG_DWORD, reinterpret_cast<const BYTE*>(&number), sizeof(number));
  RegCloseKey(opened);
  const auto users = ask(*native_host(), ReadRegistry{"HKU", {}, RegistryView::bits64, 1});
  REQUIRE(users);
  bool found = false;
  for (const auto& user : users->keys) {
    const auto seen = ask(*native_host(), ReadRegistry{"HKU\\" + user.path + "\\Software\\Microsoft\\OneDrive\\Accounts\\GokajoTest",
                                                       {"userfolder", "KfmFoldersProtectedNow", "KfmFoldersProtectedNow"}});
    if (!seen) continue;
    found = true;
    REQUIRE(seen->keys.size() == 1);
    CHECK(cell_of(seen->keys[0].values, "userfolder")->text() == utf8(text));
    CHECK(cell_of(seen->keys[0].values, "KfmFoldersProtectedNow")->number() == 3584);
  }
  CHECK(found);
  RegDeleteKeyW(HKEY_CURRENT_USER, key.c_str());
}

TEST_CASE("a probe hands its question and its answer over whole") {
  const auto reply = ask_probe(AskApi{"shares", {"echo", kTricky + " \" \\ \\\" 100%"}}, 60s);
  REQUIRE_MESSAGE(reply, reply.error().detail);
  CHECK(cell_of(std::get<Rows>(*reply).rows.at(0), "text")->text() == kTricky + " \" \\ \\\" 100%");
}

TEST_CASE("what never answers is ended on time, and left alone after the second time") {
  forgive_probes();
  const Question question = AskApi{"updates_pending", {"never"}};
  for (int i = 0; i < 2; ++i) {
    const auto reply = ask_probe(question, 3s);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == ErrorKind::timed_out);
    CHECK_FALSE(probe_runs());
  }
  const auto begun = std::chrono::steady_clock::now();
  const auto third = ask_probe(question, 30s);
  REQUIRE_FALSE(third);
  CHECK(third.error().kind == ErrorKind::timed_out);
  CHECK(third.error().detail.find("left alone") != std::string::npos);
  CHECK(std::chrono::steady_clock::now() - begun < 10s);
  forgive_probes();
}

TEST_CASE("what leaks is ended with its memory") {
  forgive_probes();
  const auto reply = ask_probe(AskApi{"updates_pending", {"leak"}}, 10s);
  REQUIRE_FALSE(reply);
  CHECK_FALSE(probe_runs());
  MEMORYSTATUSEX memory{};
  memory.dwLength = sizeof(memory);
  GlobalMemoryStatusEx(&memory);
  forgive_probes();
}

TEST_CASE("what crashes costs its own answer") {
  const auto reply = ask_probe(AskApi{"shares", {"crash"}}, 30s);
  REQUIRE_FALSE(reply);
  CHECK(reply.error().kind == ErrorKind::failed);
}

TEST_CASE("this Windows tells what it is") {
  const auto product = ask(*native_host(), AskApi{"product"});
  REQUIRE(product);
  REQUIRE(product->rows.size() == 1);
  CHECK(cell_of(product->rows[0], "product_type")->number());
  CHECK(cell_of(product->rows[0], "build")->number().value_or(0) >= 7600);
  const auto system = ask(*native_host(), DescribeSystem{});
  REQUIRE(system);
  CHECK(system->family == OsFamily::windows);
}

TEST_CASE("every question on the list is answered with rows or with the reason") {
  for (const auto& api : all_apis()) {
    if (api.in_probe) continue;
    CAPTURE(api.name);
    AskApi question{api.name, {}};
    if (api.name == "group_members" || api.name == "account_rights") question.arguments = {"S-1-5-32-544"};
    if (api.name == "services") question.arguments = {"RpcSs", "NoSuchService"};
    const auto answer = native_host()->ask(question);
    if (answer.reply) CHECK(std::holds_alternative<Rows>(*answer.reply));
    if (!answer.reply) CHECK_FALSE(answer.reply.error().detail.empty());
    if (!answer.reply) MESSAGE(api.name << ": " << answer.reply.error().detail);
  }
}

}  // namespace gokajo::tests
