#include "agent/start_record.h"

#include <filesystem>

#include <doctest/doctest.h>

#include "agent/diagnosis.h"
#include "platform/durable_file.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;

namespace {

const platform::Time kNow = *platform::parse_time("2026-11-26T15:00:00Z");

// What doctor says that needs doing, in English, with the advice.
std::string to_do(const AgentState& state) {
  std::string text;
  for (const auto& one : diagnose(state, std::nullopt, {kNow, {}}))
    if (!one.good) text += one.what.en + " -> " + one.advice.en + "\n";
  return text;
}

}  // namespace

TEST_CASE("what a start found is kept, and the newest 16 of what was set aside") {
  StartRecord record = read_start_record("");
  for (int i = 0; i < 20; ++i) record = after_start(std::move(record), {"C:\\aside-" + std::to_string(i), "owner", "", false, false}, kNow);
  CHECK(record.set_aside.size() == 16);
  CHECK(record.set_aside.back().folder == "C:\\aside-19");
  const auto again = read_start_record(write_start_record(record));
  CHECK(again.set_aside.size() == 16);
  CHECK(again.set_aside.front().at == kNow);
  CHECK(read_start_record("{}").set_aside.empty());
  const auto clean = after_start(record, {}, kNow);
  CHECK(clean.set_aside.size() == 16);
  CHECK_FALSE(clean.acl_unverifiable);
}

TEST_CASE("doctor tells of a folder that was set aside, while it is there, with the reason") {
  const TemporaryDirectory place;
  const auto directory = place.path() + "/state";
  std::vector<std::string> said;
  REQUIRE(take_state(directory, kNow, [&](const std::string& line) { said.push_back(line); }));
  const auto aside = place.path() + "/state.set-aside-20261126T150000Z";
  std::filesystem::create_directory(std::filesystem::u8path(aside));
  const auto record = after_start(read_start_record(""), {aside, "it belongs to S-1-5-21-1-2-3-1001", "", false, false}, kNow);
  REQUIRE(platform::write_file_durably(directory + "/start.json", write_start_record(record)));
  auto state = read_agent_state(directory);
  REQUIRE(state);
  const auto told = to_do(*state);
  CHECK(told.find(aside) != std::string::npos);
  CHECK(told.find("S-1-5-21-1-2-3-1001") != std::string::npos);
  std::filesystem::remove(std::filesystem::u8path(aside));
  state = read_agent_state(directory);
  REQUIRE(state);
  CHECK(to_do(*state).find(aside) == std::string::npos);
}

TEST_CASE("doctor tells of an access list that cannot be put right, and of a Wine that keeps none") {
  AgentState state;
  const auto before = to_do(state);
  CHECK(before.find("acl_unverifiable") == std::string::npos);
  state.start.acl_unverifiable = true;
  CHECK(to_do(state).find("acl_unverifiable") != std::string::npos);
  state.start = {};
  state.start.mended = "lets S-1-5-32-545 in";
  CHECK(to_do(state) == before);
  state.start.stays_loose = true;
  CHECK(to_do(state).find("lets S-1-5-32-545 in") != std::string::npos);
}

TEST_CASE("a start that has nothing to tell leaves no file") {
  const TemporaryDirectory place;
  const auto directory = place.path() + "/state";
  std::vector<std::string> said;
  REQUIRE(take_state(directory, kNow, [&](const std::string& line) { said.push_back(line); }));
  const bool kept = std::filesystem::exists(std::filesystem::u8path(directory + "/start.json"));
  CHECK(kept == start_record(directory).acl_unverifiable);  // under Wine there is something to tell
  CHECK(said.empty() == !kept);
}

}  // namespace gokajo::tests
