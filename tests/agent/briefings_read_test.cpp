#include "agent/briefings_read.h"

#include <filesystem>
#include <sstream>

#include <doctest/doctest.h>

#include "agent/conversation.h"
#include "agent/files.h"
#include "agent/questions.h"
#include "platform/json_form.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;

namespace {
platform::Time at(const char* time) { return *platform::parse_time(time); }
}  // namespace

TEST_CASE("what a person understood is kept in the promised form, once for each briefing") {
  const TemporaryDirectory directory;
  const std::string own = directory.path() + "/a/gokajo";
  REQUIRE(record_briefing_read(own, {"2026-autumn-ransomware", at("2026-11-01T01:00:00Z"), 3}));
  REQUIRE(record_briefing_read(own, {"2026-autumn-mail-fraud", at("2026-11-02T01:00:00Z"), 3}));
  REQUIRE(record_briefing_read(own, {"2026-autumn-ransomware", at("2026-11-03T01:00:00Z"), 3}));
  const auto text = read_whole_file(own + "/briefings.json", 10000);
  REQUIRE(text);
  CHECK(platform::Json::parse(*text) == platform::Json::parse(R"({"format": "gokajo-briefings-read/1", "read": [
    {"id": "2026-autumn-mail-fraud", "understood_at": "2026-11-02T01:00:00Z", "answers_right": 3},
    {"id": "2026-autumn-ransomware", "understood_at": "2026-11-03T01:00:00Z", "answers_right": 3}]})"));
}

TEST_CASE("a damaged list of briefings is kept beside, not lost") {
  const TemporaryDirectory directory;
  REQUIRE(write_whole_file(directory.path() + "/briefings.json", "{]"));
  REQUIRE(record_briefing_read(directory.path(), {"x", at("2026-11-01"), 3}));
  CHECK(*read_whole_file(directory.path() + "/briefings.json.damaged", 100) == "{]");
  CHECK(load_briefings_read(directory.path()).read.size() == 1);
}

TEST_CASE("a choice is asked for until it is one, and the end of input is no choice") {
  std::istringstream in("5\nzwei\n2\n");
  std::ostringstream out;
  Conversation talk(in, out, compliance::Language::ja, 80, false);
  const std::vector<compliance::Text> choices = {{"あ", "a"}, {"い", "b"}, {"う", "c"}};
  CHECK(talk.choose(choices) == std::optional<std::size_t>{1});
  CHECK_FALSE(talk.choose(choices));
  CHECK(out.str().find("1から3までの番号") != std::string::npos);
}

TEST_CASE("things on which a scan wants a word become questions, and those a pack's question settles do not") {
  const auto pack = compliance::built_in_pack("5kajo");
  REQUIRE(pack);
  const std::string scan = R"({"findings": [
    {"check": "passwords.length", "verdict": "ask", "items": []},
    {"check": "threats.briefing-read", "verdict": "ask", "items": []},
    {"check": "sharing.guest-access-off", "verdict": "fail", "items": [{"parameters": {"name": {"name": "x"}}}]},
    {"check": "sharing.folders-restricted", "verdict": "ask", "items": [
      {"parameters": {"name": {"name": "共通"}}}, {"parameters": {"name": {"name": "見積"}}}, {"parameters": {"name": {"count": 3}}}, 7]}]})";
  const auto questions = open_questions(*pack, scan, {});
  REQUIRE(questions.size() == pack->questions.size() + 3);
  CHECK(questions[pack->questions.size()].id == "sharing.folders-restricted");
  CHECK(questions[pack->questions.size()].about == "共通");
  CHECK(questions[pack->questions.size() + 1].about == "見積");
  for (const std::string damaged : {"", "[]", "{\"findings\": 3}", "{\"findings\": [[], 4, {}]}"})
    CHECK(open_questions(*pack, damaged, {}).size() == pack->questions.size());
}

TEST_CASE("an answer counts to the same day some months on, or the last of that month") {
  CHECK(valid_until(at("2026-11-23T10:00:00Z"), 12) == at("2027-11-23"));
  CHECK(valid_until(at("2026-11-23T16:00:00Z"), 12) == at("2027-11-24"));  // already the 24th in Japan
  CHECK(valid_until(at("2027-02-28T20:00:00Z"), 12) == at("2028-03-01"));
  CHECK(valid_until(at("2026-08-31T01:00:00Z"), 6) == at("2027-02-28"));
}

}  // namespace gokajo::tests
