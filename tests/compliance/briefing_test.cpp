#include "compliance/briefing.h"

#include <doctest/doctest.h>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Json;

namespace {

std::string refusal(const char* place, const Json& value) {
  auto json = platform::to_form(built_in_briefings().front());
  json[Json::json_pointer(place)] = value;
  const auto briefing = read_briefing(json.dump());
  return briefing ? "read" : briefing.error().detail;
}

}  // namespace

TEST_CASE("every briefing in the program can be read") {
  for (const auto& file : embedded::briefings()) {
    CAPTURE(file.name);
    const auto briefing = read_briefing(file.text);
    REQUIRE_MESSAGE(briefing, briefing.error().detail);
    CHECK(std::string(file.name) == briefing->id + ".json");
    CHECK(briefing->questions.size() == 3);
  }
  CHECK(built_in_briefings().size() == embedded::briefings().size());
}

TEST_CASE("the current briefing is the newest published, never one of the future") {
  for (const auto& briefing : built_in_briefings()) {
    if (is_drill(briefing.id)) continue;
    REQUIRE(current_briefing(built_in_briefings(), briefing.published));
    CHECK(current_briefing(built_in_briefings(), briefing.published)->published == briefing.published);
    const auto* before = current_briefing(built_in_briefings(), briefing.published - std::chrono::seconds(1));
    CHECK((!before || before->published < briefing.published));
  }
}

TEST_CASE("a drill is never the briefing of a month, however new it is, and the other way round") {
  auto briefings = built_in_briefings();
  briefings.front().id = "drill-2027-newest";
  const auto now = briefings.front().published;
  REQUIRE(current_briefing(briefings, now));
  CHECK_FALSE(is_drill(current_briefing(briefings, now)->id));
  REQUIRE(current_drill(briefings, now));
  CHECK(current_drill(briefings, now)->id == "drill-2027-newest");
  CHECK(current_drill(briefings, now - std::chrono::seconds{1})->id != "drill-2027-newest");
  CHECK_FALSE(current_drill({}, now));
  CHECK_FALSE(is_drill("2026-autumn-drill-of-mails"));
}

TEST_CASE("the program comes with a drill of this year") {
  const auto* drill = current_drill(built_in_briefings(), *platform::parse_time("2026-11-22"));
  REQUIRE(drill);
  CHECK(drill->published >= *platform::parse_time("2026-01-01"));
}

TEST_CASE("a briefing that could not be shown or answered is refused with its place") {
  REQUIRE(refusal("/minutes", 3) == "read");
  const Json text = {{"ja", "あ"}, {"en", "a"}};
  struct Row {
    const char* place;
    Json value;
    const char* expected;
  };
  const Row rows[] = {
      {"/format", "gokajo-briefing/2", "format: expected"},
      {"/id", "../x", "id: expected"},
      {"/id", "a/b", "id: expected"},
      {"/id", "", "id: expected"},
      {"/id", std::string(65, 'a'), "id: expected"},
      {"/id", "a\n", "id: expected"},
      {"/title/en", "", "title: expected Japanese and English"},
      {"/title/ja", "\x1b[2J", "title.ja: a control character"},
      {"/title/ja", "\u009b2J", "title.ja: a control character"},
      {"/title/ja", "\u202egpj.exe", "title.ja: a control character"},
      {"/sources/0/url", "https://a\r", "sources[0].url: a control character"},
      {"/minutes", 0, "minutes: expected 1 to 60"},
      {"/questions", Json::array(), "questions: expected 1 to 9"},
      {"/questions/0/right", 3, "questions[0].right: expected the index of a choice"},
      {"/questions/0/choices", Json(std::vector<Json>(10, text)), "questions[0].choices: expected 2 to 9"},
      {"/what_to_do", Json(std::vector<Json>(21, text)), "what_to_do: expected 0 to 20"},
      {"/command", "reboot", "command: unknown key"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.place);
    const auto detail = refusal(row.place, row.value);
    CHECK_MESSAGE(detail.find(row.expected) != std::string::npos, detail);
  }
  CHECK(read_briefing(std::string(kMaxBriefingBytes + 1, ' ')).error().kind == platform::ErrorKind::too_large);
}

}  // namespace gokajo::tests
