#include <windows.h>

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "platform/invoker.h"
#include "platform/windows/security.h"
#include "platform/windows/taken_folder.h"
#include "platform/windows/text.h"

namespace gokajo::tests {

using namespace platform;
namespace fs = std::filesystem;

namespace {

const Time kNow = *parse_time("2026-11-26T15:00:00Z");
const OwnAccess kOurs{Possession::ours, ""}, kForeign{Possession::foreign, "S-1-1-0 may change it"};

// A folder to make folders in, empty.
std::string place() {
  static int number = 0;
  wchar_t folder[MAX_PATH] = L"";
  GetTempPathW(MAX_PATH, folder);
  const auto path = utf8(folder) + "taken-" + std::to_string(GetCurrentProcessId()) + "-" + std::to_string(++number);
  fs::remove_all(fs::u8path(path));
  REQUIRE(own_private_directory(path));
  return path;
}

void put(const std::string& path, const char* text) { std::ofstream(fs::u8path(path)) << text; }

std::string text_of(const std::string& path) {
  std::ifstream file(fs::u8path(path));
  return {std::istreambuf_iterator<char>(file), {}};
}

// Says `first`, then that it is ours.
FolderJudge judge_of(OwnAccess first, int times = 1) {
  return [first, left = times](HANDLE, const std::string&) mutable { return left-- > 0 ? first : kOurs; };
}

}  // namespace

TEST_CASE("a folder that is not there is made, and one of ours is left as it is") {
  const auto path = place() + "\\Gokajo";
  const auto made = take_folder(path, kNow, judge_of(kOurs));
  REQUIRE_MESSAGE(made, made.error().detail);
  CHECK(fs::is_directory(fs::u8path(path)));
  CHECK(lines_of(*made, path).empty());
  put(path + "\\memory.json", "kept");
  const auto again = take_folder(path, kNow, judge_of(kOurs));
  REQUIRE(again);
  CHECK(again->set_aside.empty());
  CHECK(text_of(path + "\\memory.json") == "kept");
}

TEST_CASE("a foreign folder is set aside whole, and nothing of it is in the new one") {
  const auto path = place() + "\\Gokajo ソ表能";
  fs::create_directory(fs::u8path(path));
  put(path + "\\memory.json", "planted");
  const auto taken = take_folder(path, kNow, judge_of(kForeign));
  REQUIRE_MESSAGE(taken, taken.error().detail);
  CHECK(taken->set_aside == path + ".set-aside-20261126T150000Z");
  CHECK(taken->why == kForeign.why);
  CHECK(text_of(taken->set_aside + "\\memory.json") == "planted");
  CHECK(fs::is_directory(fs::u8path(path)));
  CHECK(fs::is_empty(fs::u8path(path)));
  const auto lines = lines_of(*taken, path);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find(taken->set_aside) != std::string::npos);
  CHECK(lines[0].find(kForeign.why) != std::string::npos);
}

TEST_CASE("what is set aside replaces nothing: two in one second get two names") {
  const auto path = place() + "\\Gokajo";
  for (int i = 0; i < 2; ++i) {
    fs::create_directories(fs::u8path(path));
    put(path + "\\memory.json", i == 0 ? "first" : "second");
    REQUIRE(take_folder(path, kNow, judge_of(kForeign)));
  }
  CHECK(text_of(path + ".set-aside-20261126T150000Z\\memory.json") == "first");
  CHECK(text_of(path + ".set-aside-20261126T150000Z-2\\memory.json") == "second");
}

TEST_CASE("a file in the folder's place is set aside, whoever it belongs to") {
  const auto path = place() + "\\Gokajo";
  put(path, "not a folder");
  const auto taken = take_folder(path, kNow, judge_of(kOurs));
  REQUIRE_MESSAGE(taken, taken.error().detail);
  CHECK(text_of(taken->set_aside) == "not a folder");
  CHECK(fs::is_directory(fs::u8path(path)));
}

TEST_CASE("somebody who is always quicker is not waited for, and the number of folders has an end") {
  const auto path = place() + "\\Gokajo";
  const auto never = take_folder(path, kNow, judge_of(kForeign, 1000));
  REQUIRE_FALSE(never);
  CHECK(never.error().kind == ErrorKind::denied);
  for (int i = 0; i < 40; ++i) (void)take_folder(path, kNow, judge_of(kForeign, 1000));
  int count = 0;
  for (const auto& entry : fs::directory_iterator(fs::u8path(path).parent_path()))
    count += entry.path().filename().string().find(".set-aside-") != std::string::npos;
  CHECK(count == kMostSetAside);
  const auto full = take_folder(path, kNow, judge_of(kForeign, 1000));
  REQUIRE_FALSE(full);
  CHECK(full.error().detail.find("16 times") != std::string::npos);
}

TEST_CASE("a list that is not as we make it does not keep the service from starting, and is told") {
  const auto path = place() + "\\Gokajo";
  const OwnAccess loose{Possession::loose, "lets S-1-5-32-545 in"};
  const auto mended = take_folder(path, kNow, judge_of(loose));
  REQUIRE(mended);
  CHECK(mended->mended == loose.why);
  CHECK_FALSE(mended->stays_loose);
  CHECK(mended->set_aside.empty());
  const auto stays = take_folder(path, kNow, judge_of(loose, 1000));
  REQUIRE(stays);
  CHECK(stays->stays_loose);
}

// On Windows lists come back as written; this Wine makes them up from Unix' modes, and says so.
TEST_CASE("whether access lists are kept is found by writing one, and only Wine is excused") {
  const auto path = place() + "\\Gokajo";
  const auto taken = take_state_directory(path, kNow);
  REQUIRE_MESSAGE(taken, taken.error().detail);
  CHECK(taken->acl_unverifiable == keeps_no_access_lists(path));
  if (!is_wine()) CHECK_FALSE(taken->acl_unverifiable);
  CHECK(taken->set_aside.empty());
  CHECK(fs::is_empty(fs::u8path(path)));
  MESSAGE("wine: ", is_wine(), ", acl_unverifiable: ", taken->acl_unverifiable);
}

}  // namespace gokajo::tests
