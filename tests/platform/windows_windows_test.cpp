#include <windows.h>

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "agent/kept_scan.h"
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

// The child of a test looks for this file to know how a PC behaves whose update client and BitLocker class the test plays: "answer",
// "hang".
std::string behaviour_file() {
  wchar_t folder[MAX_PATH] = L"";
  GetTempPathW(MAX_PATH, folder);
  return utf8(folder) + "gokajo-test-behaviour";
}

std::optional<Result<Reply>> played(const Question& question) {
  const auto* api = std::get_if<AskApi>(&question);
  const auto* wmi = std::get_if<AskWmi>(&question);
  const bool client = api && api->api == "update_client", volumes = wmi && wmi->class_name == "Win32_EncryptableVolume";
  std::ifstream file(std::filesystem::path(wide(behaviour_file())));
  std::string behaviour;
  if ((!client && !volumes) || !std::getline(file, behaviour)) return std::nullopt;
  if (behaviour == "hang") Sleep(INFINITE);
  const auto now = format_time(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  if (client) return Result<Reply>(Reply{Rows{{{{"searched", Cell{now}}, {"reboot_required", Cell{false}}}}}});
  return Result<Reply>(Reply{Rows{{{{"DriveLetter", Cell{std::string("C:")}},
                                    {"VolumeType", Cell{std::int64_t{0}}},
                                    {"GetProtectionStatus.ReturnValue", Cell{std::int64_t{0}}},
                                    {"GetProtectionStatus.ProtectionStatus", Cell{std::int64_t{1}}},
                                    {"GetConversionStatus.ReturnValue", Cell{std::int64_t{0}}},
                                    {"GetConversionStatus.ConversionStatus", Cell{std::int64_t{1}}}}}}});
}

const bool kDoubled = [] {
  set_probe_double([](const Question& question) -> std::optional<Result<Reply>> {
    if (auto reply = played(question)) return reply;
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

TEST_CASE(
    "a WMI provider that never answers and an update client that never returns: the scan ends, and what they last said stays in sight") {
  forgive_probes();
  const auto folder = scratch();
  const auto behave = [](const char* how) { std::ofstream(std::filesystem::path(wide(behaviour_file()))) << how; };
  const auto began = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::chrono::steady_clock::duration took{};
  const auto scan = [&](Time now) {
    auto state = agent::State::open(folder + "\\state", true);
    REQUIRE_MESSAGE(state, state.error().detail);
    agent::ScanInput input{*compliance::built_in_pack("6kajo")};
    input.memory = state->read_memory();
    const auto from = std::chrono::steady_clock::now();
    auto done = agent::scan_and_keep(*native_host(), *state, input, now, true);
    took = std::chrono::steady_clock::now() - from;
    REQUIRE_MESSAGE(done, done.error().detail);
    REQUIRE_MESSAGE(done->kept, done->kept.error().detail);
    return std::move(done->result);
  };
  const auto finding = [](const agent::ScanResult& result, const std::string& check) {
    for (const auto& one : result.judgement.findings)
      if (one.finding.check == check) return one.finding;
    FAIL("no " << check);
    return compliance::Finding{};
  };
  behave("answer");
  const auto first = scan(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  REQUIRE(first.evidence.updates.sources);
  REQUIRE(first.evidence.extras.volumes);
  CHECK_FALSE(first.evidence.updates.sources.no_newer);
  CHECK(finding(first, "updates.source-fresh").verdict == compliance::Verdict::pass);
  const auto plain = took;

  behave("hang");
  for (const int days : {0, 8}) {
    CAPTURE(days);
    const auto later = scan(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + Days{days});
    CHECK(took - plain < 100s);  // 30 s and 20 s, and what starting the children takes
    CHECK_FALSE(probe_runs());
    const auto &sources = later.evidence.updates.sources, &before = first.evidence.updates.sources;
    REQUIRE(sources);
    CHECK(sources.no_newer == ErrorKind::timed_out);
    CHECK(sources.observed_at == before.observed_at);
    CHECK(sources.observed_at >= began);
    REQUIRE(later.evidence.extras.volumes);
    CHECK(later.evidence.extras.volumes.no_newer == ErrorKind::timed_out);
    const auto fresh = finding(later, "updates.source-fresh");
    CHECK(fresh.verdict == (days <= 7 ? compliance::Verdict::pass : compliance::Verdict::unknown));
    REQUIRE(fresh.earlier);
    CHECK(fresh.earlier->counts == (days <= 7));
    CHECK(fresh.earlier->observed_at == before.observed_at);
  }
  // Twice without an answer: left alone for a day, and still in sight.
  const auto rested = scan(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + Days{1});
  CHECK(took - plain < 20s);
  CHECK(rested.evidence.updates.sources.detail.find("left alone") != std::string::npos);
  CHECK(finding(rested, "updates.source-fresh").earlier);
  forgive_probes();
  std::filesystem::remove(std::filesystem::path(wide(behaviour_file())));
  std::filesystem::remove_all(std::filesystem::path(wide(folder)));
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
