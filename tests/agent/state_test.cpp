#include "agent/state.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "agent/files.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using platform::ErrorKind;
namespace fs = std::filesystem;

namespace {

platform::Time at(const char* time) { return *platform::parse_time(time); }

State opened(const std::string& directory) {
  auto state = State::open(directory, true);
  REQUIRE(state);
  return std::move(*state);
}

}  // namespace

TEST_CASE("memory and answers come back as they were written") {
  const TemporaryDirectory directory;
  compliance::Memory memory;
  memory.first_seen["finding/x/見積"] = at("2026-11-09T01:00:00Z");
  memory.last_good["pass/y"] = at("2026-11-10T01:00:00Z");
  const std::vector<compliance::Declaration> answers = {
      {"nas", "", "yes", "tanaka", at("2026-11-01T00:00:00Z"), at("2027-11-01T00:00:00Z")}};
  {
    auto state = opened(directory.path() + "/deeper/state");
    REQUIRE(state.write_memory(memory));
    REQUIRE(state.write_declarations(answers));
  }
  auto state = opened(directory.path() + "/deeper/state");
  CHECK(state.read_memory().first_seen == memory.first_seen);
  CHECK(state.read_memory().last_good == memory.last_good);
  const auto read = state.read_declarations();
  REQUIRE(read.size() == 1);
  CHECK(read[0].who == "tanaka");
  CHECK(read[0].valid_until == answers[0].valid_until);
  CHECK(state.damaged().empty());
  CHECK((fs::status(directory.path() + "/deeper/state").permissions() & fs::perms::all) == fs::perms::owner_all);
}

TEST_CASE("a damaged file is set aside and told, never overwritten") {
  const TemporaryDirectory directory;
  for (const std::string contents : {"", "{", "[]", R"({"format": "gokajo-memory/9"})",
                                     R"({"format": "gokajo-memory/1", "first_seen": 3, "last_good": {}, "not_offered": {}})"}) {
    CAPTURE(contents);
    const std::string file = directory.path() + "/memory.json";
    REQUIRE(write_whole_file(file, contents));
    auto state = opened(directory.path());
    CHECK(state.read_memory().first_seen.empty());
    REQUIRE(state.damaged().size() == 1);
    CHECK_FALSE(fs::exists(file));
    const auto kept = read_whole_file(state.damaged()[0].kept_as, 1000);
    REQUIRE(kept);
    CHECK(*kept == contents);
    CHECK(state.write_memory({}));
  }
  CHECK(fs::exists(directory.path() + "/memory.json.damaged"));
  CHECK(fs::exists(directory.path() + "/memory.json.damaged-5"));
}

TEST_CASE("a first scan finds no memory and nothing damaged") {
  const TemporaryDirectory directory;
  auto state = opened(directory.path());
  CHECK(state.read_memory().first_seen.empty());
  CHECK(state.read_declarations().empty());
  CHECK(state.damaged().empty());
}

TEST_CASE("root refuses a state directory that others may write to, or that is a link") {
  const TemporaryDirectory directory;
  const std::string open = directory.path() + "/open", link = directory.path() + "/link";
  fs::create_directory(open);
  fs::permissions(open, fs::perms::all);
  const auto state = State::open(open, true);
  REQUIRE_FALSE(state);
  CHECK(state.error().kind == ErrorKind::denied);
  CHECK(state.error().detail.find(open) != std::string::npos);
  fs::create_directory_symlink(directory.path(), link);
  CHECK_FALSE(State::open(link, true));
  auto anybody = State::open(open, false);
  REQUIRE(anybody);
  CHECK_FALSE(anybody->unwritable().empty());
  CHECK_FALSE(anybody->write_memory({}));
  CHECK_FALSE(fs::exists(open + "/memory.json"));
}

TEST_CASE("without a home nothing is kept and nothing is refused") {
  auto state = State::open("", false);
  REQUIRE(state);
  CHECK(state->read_memory().first_seen.empty());
  CHECK_FALSE(state->write_memory({}));
}

}  // namespace gokajo::tests
