#include "hub/diagnosis/sheet.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

#include <doctest/doctest.h>

#include "compliance/check.h"
#include "compliance/pack.h"

namespace gokajo::tests {

using namespace hub;

namespace {

platform::Json kept() {
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/hub/diagnosis/data/questions_25.json", std::ios::binary).rdbuf();
  return platform::Json::parse(text.str());
}

std::string refusal(const platform::Json& json) {
  const auto read = read_diagnosis_sheet(json.dump());
  return read ? "taken" : read.error().detail;
}

}  // namespace

TEST_CASE("the sheet that is compiled in has IPA's 25 questions in three parts, and points from -25 to 100") {
  const auto& sheet = diagnosis_sheet();
  REQUIRE(sheet.questions.size() == 25);
  // Tokyo's seminar text (S2 of the file): parts 1–5, 6–18, 19–25; points 4, 2, 0, −1.
  REQUIRE(sheet.parts.size() == 3);
  CHECK((sheet.parts[0].last == 5 && sheet.parts[1].last == 18 && sheet.parts[2].last == 25));
  CHECK(sheet.points.of(Level::done) == 4);
  CHECK(sheet.points.of(Level::partly) == 2);
  CHECK(sheet.points.of(Level::not_done) == 0);
  CHECK(sheet.points.of(Level::unsure) == -1);
  for (const auto& question : sheet.questions) {
    CAPTURE(question.number);
    CHECK((!question.theme.ja.empty() && !question.theme.en.empty() && !question.ask.ja.empty() && !question.ask.en.empty()));
    CHECK((!question.sees.ja.empty() && !question.sees.en.empty() && !question.person_says.ja.empty() && !question.person_says.en.empty()));
    CHECK(question.ask.ja.ends_with("か。"));
    CHECK(sheet.question(question.number) == &question);
  }
  CHECK(sheet.question(0) == nullptr);
  CHECK(sheet.question(26) == nullptr);
}

TEST_CASE("PCs alone may answer 1, 2 and 5 in full, and only where the company speaks for what is outside of them") {
  for (const auto& question : diagnosis_sheet().questions) {
    CAPTURE(question.number);
    const bool full = question.number == 1 || question.number == 2 || question.number == 5;
    CHECK((question.ceiling == Ceiling::done) == full);
    CHECK(question.outside.has_value() == full);
  }
}

TEST_CASE("checks and company questions that the sheet names exist") {
  const auto pack = compliance::built_in_pack("5kajo");
  REQUIRE(pack);
  for (const auto& question : diagnosis_sheet().questions) {
    CAPTURE(question.number);
    for (const auto* list : {&question.decides, &question.beside})
      for (const auto& check : *list) CHECK_MESSAGE(compliance::find_check(check), check);
    if (question.outside)
      CHECK_MESSAGE(std::any_of(pack->questions.begin(), pack->questions.end(),
                                [&](const compliance::PackQuestion& one) { return one.id == *question.outside; }),
                    *question.outside);
  }
}

TEST_CASE("a sheet that does not fit itself is refused with the place") {
  REQUIRE(refusal(kept()) == "taken");
  struct Row {
    const char* at;
    platform::Json value;
    const char* place;
  };
  const Row rows[] = {
      {"/format", "gokajo-diagnosis/2", "diagnosis.format"},
      {"/valid_months", 0, "diagnosis.valid_months"},
      {"/points/partly", 4, "diagnosis.points"},
      {"/points/done", 1001, "diagnosis.points"},
      {"/questions", platform::Json::array(), "diagnosis.questions"},
      {"/parts/2/last", std::numeric_limits<std::int64_t>::max(), "diagnosis.parts"},
      {"/bands/0/most", std::numeric_limits<std::int64_t>::max(), "diagnosis.bands"},
      {"/parts/1/first", 7, "diagnosis.parts"},
      {"/parts/2/last", 24, "diagnosis.parts"},
      {"/bands/1/most", 98, "diagnosis.bands"},
      {"/bands/3/least", -24, "diagnosis.bands"},
      {"/questions/3/number", 5, "diagnosis.questions[3].number"},
      {"/questions/5/part", 1, "diagnosis.questions[5].part"},
      {"/questions/6/sources", {"S99"}, "diagnosis.questions[6].sources"},
      {"/questions/0/contradicts", {"disk.encrypted"}, "diagnosis.questions[0].contradicts"},
      {"/questions/0/beside", {"updates.os-supported"}, "diagnosis.questions[0].beside"},
      {"/questions/2/ceiling", "done", "diagnosis.questions[2].outside"},
      {"/questions/6/ceiling", "partly", "diagnosis.questions[6].decides"},
      {"/questions/6/ceiling", "proof", "diagnosis.questions[6].beside"},
      {"/questions/6/ceiling", "all", "diagnosis.questions[6].ceiling"},
  };
  for (const auto& row : rows) {
    auto json = kept();
    json[platform::Json::json_pointer(row.at)] = row.value;
    CAPTURE(row.at);
    CHECK_MESSAGE(refusal(json).starts_with(row.place), refusal(json));
  }
  CHECK_FALSE(read_diagnosis_sheet("{"));
  CHECK_FALSE(read_diagnosis_sheet(std::string(std::size_t{1} << 19U, ' ')));
}

}  // namespace gokajo::tests
