#include "hub/diagnosis/history.h"

#include "hub/company_book.h"
#include "hub/diagnosis/answers.h"
#include "hub/diagnosis/facts_from_store.h"
#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

struct Held {
  Office office;
  Scene scene{*office.store};
  Company company() { return *office.store->company("yamada"); }

  CompanyFacts facts(platform::Time now = day(0)) {
    CompanyBook book(*office.store);
    const auto page = book.of("yamada", now);
    REQUIRE(page);
    const auto facts = company_facts(*office.store, **page, now);
    REQUIRE(facts);
    return *facts;
  }
  void take(const DiagnosisAnswers& answers, const std::string& who, platform::Time now) {
    const auto seen = facts(now);
    scene.write([&] { REQUIRE(take_diagnosis(*office.store, diagnosis_sheet(), company(), seen, answers, who, now)); });
  }
  PersonAnswers people(platform::Time now) { return person_answers(diagnosis_sheet(), *office.store->declarations("yamada"), now); }
  std::vector<PastResult> past() { return *past_results(*office.store, company(), diagnosis_sheet(), 10); }
};

compliance::JudgedFinding of_check(const std::string& check, const std::string& rule, Verdict verdict) {
  return found(check, rule, "some", verdict);
}

std::vector<compliance::JudgedFinding> antivirus(Verdict verdict) {
  std::vector<compliance::JudgedFinding> all;
  for (const char* check : {"antivirus.active", "antivirus.real-time", "antivirus.definitions-fresh"})
    all.push_back(of_check(check, "antivirus", verdict));
  return all;
}

std::optional<Level> level(std::int64_t number, const CompanyFacts& facts) {
  return machine_answer(*diagnosis_sheet().question(number), facts).level;
}

}  // namespace

TEST_CASE("a result is a line of the record, and is read from it again") {
  PastResult result{66, {18, 34, 14}, 25, 25, "", {}};
  CHECK(result_text(result) == "66 = 18 + 34 + 14 (25/25)");
  const auto again = result_in("-3 = -1 + -2 + 0 (3/25)");
  REQUIRE(again);
  CHECK((again->total == -3 && again->parts == std::vector<std::int64_t>{-1, -2, 0} && again->answered == 3 && again->asked == 25));
  CHECK(result_text(*again) == "-3 = -1 + -2 + 0 (3/25)");
  for (const char* none : {"", "66", "66 = 18 + 34 + 14", "66 = 18 + 34 + 14 (25/25", "66 = 18 + 34 + 14 (25/25) ", "x = 1 (1/1)",
                           "66 = + (1/1)", "99999999999999999999 = 1 (1/1)", "66 + 1 (1/1)"})
    CHECK_MESSAGE(!result_in(none), none);
  std::string long_one = "1 = 1";
  for (int i = 0; i < 1000; ++i) long_one += " + 1";
  CHECK_FALSE(result_in(long_one + " (1/1)"));
}

TEST_CASE("answers are kept with who and when, told to the record, and what they made of the points with them") {
  Held held;
  held.take({{{7, Level::done}, {8, Level::unsure}}, {}}, "田中", day(0));
  auto people = held.people(day(0));
  REQUIRE(people.counting.size() == 2);
  CHECK(people.counting.at(7).who == "田中");
  CHECK(people.counting.at(7).answered_at == day(0));
  // Twelve months on, by the company's calendar.
  CHECK(platform::format_time(people.counting.at(7).valid_until).substr(0, 10) == "2027-11-24");
  auto past = held.past();
  REQUIRE(past.size() == 1);
  CHECK((past[0].total == 3 && past[0].parts == std::vector<std::int64_t>{0, 3, 0} && past[0].answered == 2 && past[0].who == "田中"));

  held.take({{{7, Level::partly}, {8, std::nullopt}}, {}}, "鈴木", day(10));
  people = held.people(day(10));
  REQUIRE(people.counting.size() == 1);
  CHECK((people.counting.at(7).who == "鈴木" && people.counting.at(7).level == Level::partly));
  past = held.past();
  REQUIRE(past.size() == 2);
  CHECK((past[0].total == 2 && past[0].answered == 1 && past[1].total == 3));
  // Of one day the last.
  held.take({{{7, Level::done}}, {}}, "鈴木", day(10) + std::chrono::hours{1});
  CHECK(held.past().size() == 2);
  CHECK(held.past()[0].total == 4);

  const auto deeds = *held.office.store->deeds_matching("yamada", {{}, "diagnosis.answer"}, 0, 50);
  REQUIRE(deeds.size() == 5);
  CHECK((deeds[0].subject == "7" && deeds[0].before == "partly" && deeds[0].after == "done" && deeds[0].who == "鈴木"));
  const auto results = *held.office.store->deeds_matching("yamada", {{}, "diagnosis.result"}, 0, 50);
  REQUIRE(results.size() == 3);
  CHECK((results[0].before == "2 = 0 + 2 + 0 (1/25)" && results[0].after == "4 = 0 + 4 + 0 (1/25)"));
}

TEST_CASE("renewing makes an answer that counts today's, and revives none that has ended or was taken back") {
  Held held;
  held.take({{{7, Level::done}, {12, Level::done}}, {}}, "田中", day(0));
  held.take({{{8, Level::partly}}, {}}, "田中", day(200));
  held.take({{{12, std::nullopt}}, {}}, "田中", day(201));
  const auto later = day(400);
  REQUIRE(held.people(later).ended.contains(7));
  held.take({{}, {7, 8, 12, 13}}, "鈴木", later);
  const auto people = held.people(later);
  CHECK(people.counting.size() == 1);
  CHECK((people.counting.at(8).who == "鈴木" && people.counting.at(8).answered_at == later));
  CHECK(people.ended.contains(7));
  const auto deeds = *held.office.store->deeds_matching("yamada", {{}, "diagnosis.renew"}, 0, 50);
  REQUIRE(deeds.size() == 1);
  CHECK(deeds[0].subject == "8");
}

TEST_CASE("PCs are neither told of these answers nor judged by them") {
  Held held;
  CompanyBook book(*held.office.store);
  const auto before = (*book.of("yamada", day(0)))->settings;
  held.take({{{7, Level::done}}, {}}, "田中", day(0));
  const auto page = *book.of("yamada", day(0));
  CHECK(page->settings == before);
  CHECK(page->declarations.empty());
  CHECK(held.office.store->declarations("yamada")->size() == 1);
}

TEST_CASE("what the store holds of PCs is what the 25 questions are answered by") {
  Held held;
  held.scene.state(2);
  held.scene.answer("other-devices-antivirus");
  const auto one = held.scene.add("PC-01", day(0)), two = held.scene.add("PC-02", day(0));
  held.scene.judge(one, day(-1), antivirus(Verdict::pass));
  held.scene.judge(two, day(-1), antivirus(Verdict::pass));
  CHECK(held.facts().registered == 2);
  CHECK(level(2, held.facts()) == Level::done);
  // One more waits for approval: it is none of the company's yet.
  held.scene.add("PC-03", day(0), Standing::waiting);
  CHECK(level(2, held.facts()) == Level::done);

  held.scene.judge(two, day(-1), antivirus(Verdict::fail));
  CHECK(level(2, held.facts()) == Level::partly);
  CHECK(machine_answer(*diagnosis_sheet().question(2), held.facts()).contradicts);
  auto failing = failing_pcs(*held.office.store, held.company(), {"antivirus.active", "antivirus.real-time"}, day(0));
  REQUIRE(failing);
  REQUIRE(failing->at("antivirus.active").size() == 1);
  CHECK((failing->at("antivirus.active")[0].label == "PC-02" && !failing->at("antivirus.active")[0].silent));

  // Silent: what it failed last still stands against a claim, and passes nothing.
  auto silent = two;
  silent.last_receipt = day(-30);
  held.scene.put(silent);
  auto facts = held.facts();
  CHECK(facts.quiet == 1);
  CHECK(level(2, facts) == Level::partly);
  CHECK(facts.checks.at("antivirus.active").failing == 1);
  failing = failing_pcs(*held.office.store, held.company(), {"antivirus.active"}, day(0));
  REQUIRE(failing);
  CHECK(failing->at("antivirus.active")[0].silent);

  // 休ませる: nobody uses it, so it stands against nothing; and passes nothing either.
  silent.resting_since = day(-10);
  silent.resting_until = day(20);
  held.scene.put(silent);
  facts = held.facts();
  CHECK(facts.quiet == 1);
  CHECK(level(2, facts) == Level::partly);
  CHECK_FALSE(machine_answer(*diagnosis_sheet().question(2), facts).contradicts);
  failing = failing_pcs(*held.office.store, held.company(), {"antivirus.active"}, day(0));
  REQUIRE(failing);
  CHECK(failing->empty());

  // The company's answer is good for as long as it counts.
  held.scene.judge(two, day(-1), antivirus(Verdict::pass));
  held.scene.put(two);
  CHECK(level(2, held.facts()) == Level::done);
  auto again = one, both = two;
  again.last_receipt = both.last_receipt = day(302);
  held.scene.put(again);
  held.scene.put(both);
  CHECK(level(2, held.facts(day(302))) == Level::partly);
}

}  // namespace gokajo::tests
