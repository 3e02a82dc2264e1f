// Expected by docs/self-check.md.
#include "hub/diagnosis/result.h"

#include <algorithm>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "hub/diagnosis/answers.h"
#include "hub/diagnosis/next_steps.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

CompanyFacts of_pcs(std::int64_t number, std::map<Verdict, std::int64_t> counts) {
  CompanyFacts facts;
  for (const auto& [verdict, n] : counts) facts.registered += n;
  facts.stated = facts.registered;
  const auto& question = *diagnosis_sheet().question(number);
  for (const auto& check : question.decides) {
    facts.checks[check].heard = counts;
    if (counts.contains(Verdict::fail)) facts.checks[check].failing = counts[Verdict::fail];
  }
  if (question.outside) facts.answers[*question.outside] = Verdict::pass;
  return facts;
}

PersonAnswers person(std::int64_t number, Level level) {
  PersonAnswers people;
  people.counting.emplace(number, PersonAnswer{level, "田中", at(0), at(100)});
  return people;
}

QuestionResult of(std::int64_t number, const CompanyFacts& facts, const PersonAnswers& people) {
  return diagnosis_result(diagnosis_sheet(), facts, people).questions[static_cast<std::size_t>(number - 1)];
}

const CompanyFacts kNothing;

// Midnight of a day, as a declaration's last one is kept.
platform::Time day_of_answers(std::size_t days) {
  return *platform::parse_time("2026-11-26T00:00:00Z") + platform::Days{static_cast<int>(days)};
}

}  // namespace

TEST_CASE("where PCs and a person speak, it is said whose answer counts and for how much") {
  const auto all_good = of_pcs(1, {{Verdict::pass, 3}}), one_fails = of_pcs(1, {{Verdict::pass, 2}, {Verdict::fail, 1}}),
             all_fail = of_pcs(1, {{Verdict::fail, 3}}), one_unknown = of_pcs(1, {{Verdict::pass, 2}, {Verdict::unknown, 1}});
  struct Row {
    const CompanyFacts& facts;
    std::optional<Level> person;
    std::optional<Level> counted;
    Ground ground;
    std::int64_t points;
    bool differ;
  };
  const Row rows[] = {
      {kNothing, std::nullopt, std::nullopt, Ground::nobody, 0, false},
      {kNothing, Level::done, Level::done, Ground::person, 4, false},
      {kNothing, Level::partly, Level::partly, Ground::person, 2, false},
      {kNothing, Level::not_done, Level::not_done, Ground::person, 0, false},
      {kNothing, Level::unsure, Level::unsure, Ground::person, -1, false},
      {all_good, std::nullopt, Level::done, Ground::machine, 4, false},
      {all_good, Level::done, Level::done, Ground::person, 4, false},
      // Who knows of less is believed, and told that PCs show more.
      {all_good, Level::partly, Level::partly, Ground::person, 2, true},
      {all_good, Level::not_done, Level::not_done, Ground::person, 0, true},
      // わからない gives way to what is known.
      {all_good, Level::unsure, Level::done, Ground::machine, 4, true},
      {one_fails, std::nullopt, Level::partly, Ground::machine, 2, false},
      {one_fails, Level::done, Level::partly, Ground::person_less, 2, true},
      {one_fails, Level::partly, Level::partly, Ground::person, 2, false},
      {one_fails, Level::unsure, Level::partly, Ground::machine, 2, true},
      {all_fail, std::nullopt, Level::not_done, Ground::machine, 0, false},
      {all_fail, Level::done, Level::not_done, Ground::person_less, 0, true},
      {all_fail, Level::partly, Level::not_done, Ground::person_less, 0, true},
      // What could not be measured contradicts nobody.
      {one_unknown, Level::done, Level::done, Ground::person, 4, false},
      {one_unknown, std::nullopt, Level::partly, Ground::machine, 2, false},
  };
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    CAPTURE(i);
    const auto& row = rows[i];
    const auto result = of(1, row.facts, row.person ? person(1, *row.person) : PersonAnswers{});
    CHECK(result.counted == row.counted);
    CHECK(result.ground == row.ground);
    CHECK(result.points == row.points);
    CHECK(result.differ == row.differ);
    // Both are there to be shown.
    CHECK(result.person.has_value() == row.person.has_value());
  }
}

TEST_CASE("a PC without a backup of its own does not take back what a person says of the company's") {
  const auto result = of(11, of_pcs(11, {{Verdict::pass, 1}, {Verdict::fail, 2}}), person(11, Level::done));
  CHECK(result.counted == Level::done);
  CHECK(result.ground == Ground::person);
  CHECK(result.differ);
}

TEST_CASE("points add up by part and in all, and mean something once every question has an answer") {
  PersonAnswers people;
  for (std::int64_t number = 1; number <= 25; ++number) people.counting.emplace(number, PersonAnswer{Level::done, "田中", at(0), at(100)});
  auto result = diagnosis_result(diagnosis_sheet(), kNothing, people);
  CHECK((result.total == 100 && result.most == 100 && result.answered == 25));
  REQUIRE(result.band);
  CHECK(result.band->least == 100);
  CHECK((result.parts[0].points == 20 && result.parts[1].points == 52 && result.parts[2].points == 28));
  CHECK((result.parts[0].most == 20 && result.parts[1].most == 52 && result.parts[2].most == 28));

  people.counting.at(25).level = Level::unsure;
  people.counting.at(6).level = Level::partly;
  result = diagnosis_result(diagnosis_sheet(), kNothing, people);
  CHECK(result.total == 100 - 5 - 2);
  CHECK((result.parts[1].points == 50 && result.parts[2].points == 23));
  REQUIRE(result.band);
  CHECK((result.band->least == 70 && result.band->most == 99));

  people.counting.erase(7);
  result = diagnosis_result(diagnosis_sheet(), kNothing, people);
  CHECK(result.answered == 24);
  CHECK(result.total == 100 - 5 - 2 - 4);
  CHECK(result.band == nullptr);

  people = {};
  for (std::int64_t number = 1; number <= 25; ++number)
    people.counting.emplace(number, PersonAnswer{Level::unsure, "田中", at(0), at(100)});
  result = diagnosis_result(diagnosis_sheet(), kNothing, people);
  CHECK(result.total == -25);
  REQUIRE(result.band);
  CHECK(result.band->most == 49);
}

TEST_CASE("no answer that has ended is ever counted again, whatever becomes of the evidence") {
  std::mt19937_64 random(11);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  constexpr Verdict kVerdicts[] = {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable};
  constexpr Level kLevels[] = {Level::done, Level::partly, Level::not_done, Level::unsure};
  const auto& sheet = diagnosis_sheet();
  std::int64_t ended = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<KeptDeclaration> kept;
    for (const auto& question : sheet.questions) {
      if (below(4) == 0) continue;
      const auto until = day_of_answers(below(400));
      kept.push_back({"",
                      {"diagnosis." + sheet.edition, std::to_string(question.number),
                       boost::describe::enum_to_string(kLevels[below(4)], ""), "田中", until - platform::Days{365}, until},
                      below(10) == 0 ? std::optional(at(0)) : std::nullopt});
    }
    std::set<std::int64_t> gone;
    for (int step = 0; step < 10; ++step) {
      const auto now = day_of_answers(static_cast<std::size_t>(step) * 45) + std::chrono::hours{below(24)};
      CompanyFacts facts{static_cast<std::int64_t>(1 + below(3)), 0, std::nullopt, {}, {}};
      for (const auto& question : sheet.questions)
        for (const auto& check : question.decides)
          if (below(3) > 0) ++facts.checks[check].heard[kVerdicts[below(5)]];
      const auto people = person_answers(sheet, kept, now);
      auto without = people;
      without.ended.clear();
      const auto result = diagnosis_result(sheet, facts, people);
      CHECK(result.total == diagnosis_result(sheet, facts, without).total);
      for (const auto& one : kept) {
        const auto number = std::stoll(one.declaration.about);
        const auto& of_it = result.questions[static_cast<std::size_t>(number - 1)];
        // It counts to the end of its last day.
        if (one.withdrawn || now >= one.declaration.valid_until + platform::Days{1}) gone.insert(number);
        REQUIRE(of_it.person.has_value() != gone.contains(number));
        if (!gone.contains(number)) continue;
        ++ended;
        REQUIRE((of_it.ground == Ground::machine || of_it.ground == Ground::nobody));
        REQUIRE(of_it.counted == of_it.machine.level);
      }
    }
  }
  CHECK(ended > 5000);
}

TEST_CASE("answers to another edition, to no question of it, or of a PC are none") {
  const auto& sheet = diagnosis_sheet();
  const auto answer = [&](const std::string& question, const std::string& about, const std::string& level, const std::string& device = "") {
    return person_answers(sheet, {{device, {question, about, level, "田中", at(0), at(100)}, std::nullopt}}, at(0)).counting.size();
  };
  const auto mine = "diagnosis." + sheet.edition;
  CHECK(answer(mine, "7", "done") == 1);
  CHECK(answer("diagnosis.v4", "7", "done") == 0);
  CHECK(answer(mine, "26", "done") == 0);
  CHECK(answer(mine, "0", "done") == 0);
  CHECK(answer(mine, "7 ", "done") == 0);
  CHECK(answer(mine, "", "done") == 0);
  CHECK(answer(mine, "99999999999999999999", "done") == 0);
  CHECK(answer(mine, "7", "perfect") == 0);
  CHECK(answer(mine, "7", "done", std::string(64, 'a')) == 0);
}

TEST_CASE("steps name every point that is missing, the most first, and what is the least work before the rest") {
  auto facts = of_pcs(1, {{Verdict::pass, 2}, {Verdict::fail, 1}});
  facts.checks["updates.software-supported"].failing = 2;
  PersonAnswers people;
  for (std::int64_t number = 1; number <= 25; ++number) people.counting.emplace(number, PersonAnswer{Level::done, "田中", at(0), at(100)});
  people.counting.at(20).level = Level::not_done;
  people.counting.at(22).level = Level::unsure;
  people.counting.erase(24);
  people.counting.erase(25);
  const auto result = diagnosis_result(diagnosis_sheet(), facts, people);
  const auto steps = next_steps(diagnosis_sheet(), result);
  REQUIRE(steps.size() == 4);
  CHECK((steps[0].kind == StepKind::answer && steps[0].points == 8 && steps[0].questions.size() == 2));
  CHECK((steps[1].kind == StepKind::find_out && steps[1].points == 5 && steps[1].questions.front()->number == 22));
  CHECK((steps[2].kind == StepKind::do_it && steps[2].points == 4 && steps[2].questions.front()->number == 20));
  CHECK((steps[3].kind == StepKind::fix && steps[3].points == 2 && steps[3].questions.front()->number == 1));
  // The check with the most PCs leads.
  CHECK(steps[3].failing.front().check == "updates.software-supported");
  std::int64_t points = 0;
  for (const auto& step : steps) points += step.points;
  CHECK(result.total + points == 100);
}

TEST_CASE("what PCs could say by themselves names what keeps them from it") {
  const auto step = [](const CompanyFacts& facts) {
    for (const auto& one : next_steps(diagnosis_sheet(), diagnosis_result(diagnosis_sheet(), facts, {})))
      if (one.kind != StepKind::answer) return std::optional(one.kind);
    return std::optional<StepKind>{};
  };
  auto facts = of_pcs(2, {{Verdict::pass, 3}});
  CHECK_FALSE(step(facts));
  facts.answers.clear();
  CHECK(step(facts) == StepKind::tell_outside);
  facts.stated = 4;
  CHECK(step(facts) == StepKind::register_all);
  facts.quiet = 1;
  CHECK(step(facts) == StepKind::hear_all);
  CHECK(step(of_pcs(2, {{Verdict::pass, 2}, {Verdict::fail, 1}})) == StepKind::fix);
}

}  // namespace gokajo::tests
