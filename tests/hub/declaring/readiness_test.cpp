#include "hub/declaring/readiness.h"

#include <fstream>
#include <sstream>

#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

platform::Json data() {
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/hub/declaring/data/scs3.json", std::ios::binary).rdbuf();
  return platform::Json::parse(text.str());
}

CompanyFacts pcs(std::map<Verdict, std::int64_t> heard, std::int64_t failing = 0) {
  CompanyFacts facts;
  facts.registered = 2;
  facts.stated = 2;
  facts.checks["autorun.off"] = {std::move(heard), failing};
  return facts;
}

const ScsCriterion kCriterion{"4-4-1-2", {"x", "x"}, {"autorun.off"}};

DeclaringView view_of(const DeclaringFacts& facts) {
  DeclaringView view;
  view.facts = facts;
  view.states = declaring_to_do(declaring_steps(), facts, "2026-11-27");
  return view;
}

std::vector<TableRow> table(Office& office, const std::vector<std::string>& tenants) {
  std::vector<TableRow> rows;
  REQUIRE(
      readiness_table({*office.store, nullptr, compliance::Language::ja, day(0)}, tenants, [&](const TableRow& row) -> platform::Status {
        rows.push_back(row);
        return platform::Done{};
      }));
  return rows;
}

}  // namespace

TEST_CASE("the criteria of ★3 that are compiled in are those of the official list that facts decide, and add up") {
  // The list of 2026-03-27 has 81; by our own judgement facts of PCs decide 9 and prove a part of 18.
  CHECK((scs_facts().criteria == 81 && scs_facts().by_machine.size() == 9 && scs_facts().partly == 18 && scs_facts().by_person == 54));
  auto other = data();
  other["partly"] = 19;
  CHECK_FALSE(read_scs_facts(other.dump()));
  other = data();
  other["format"] = "x";
  CHECK_FALSE(read_scs_facts(other.dump()));
}

TEST_CASE("a criterion is met by all PCs or by none: what is not heard, not registered or not measured leaves it open") {
  CHECK(standing_of(kCriterion, pcs({{Verdict::pass, 2}}), {}) == ScsStanding::met);
  CHECK(standing_of(kCriterion, pcs({{Verdict::pass, 1}, {Verdict::not_applicable, 1}}), {}) == ScsStanding::met);
  CHECK(standing_of(kCriterion, pcs({{Verdict::pass, 1}, {Verdict::fail, 1}}, 1), {}) == ScsStanding::failing);
  for (const auto verdict : {Verdict::unknown, Verdict::ask})
    CHECK(standing_of(kCriterion, pcs({{Verdict::pass, 1}, {verdict, 1}}), {}) == ScsStanding::open);
  CHECK(standing_of(kCriterion, pcs({}), {}) == ScsStanding::open);
  CHECK(standing_of(kCriterion, {}, {}) == ScsStanding::open);
  auto facts = pcs({{Verdict::pass, 2}});
  facts.stated = 3;
  CHECK(standing_of(kCriterion, facts, {}) == ScsStanding::open);
  facts.stated.reset();
  CHECK(standing_of(kCriterion, facts, {}) == ScsStanding::open);
  facts = pcs({{Verdict::pass, 1}});
  facts.quiet = 1;
  CHECK(standing_of(kCriterion, facts, {}) == ScsStanding::open);
  // A silent PC that failed when it was last heard of still does.
  facts = pcs({{Verdict::pass, 1}}, 1);
  facts.quiet = 1;
  CHECK(standing_of(kCriterion, facts, {}) == ScsStanding::failing);
}

TEST_CASE("a PC that has not reported, a threshold of the company's own or a ledger that is not kept meets nothing of ★3") {
  auto facts = pcs({{Verdict::pass, 2}});
  facts.registered = facts.stated.emplace(3);
  CHECK(standing_of(kCriterion, facts, {}) == ScsStanding::open);
  facts = pcs({{Verdict::pass, 2}});
  compliance::Policy policy;
  policy.settings.push_back({kCriterion.checks.front(), "max_days", std::int64_t{60}, "slow line", day(300)});
  CHECK(standing_of(kCriterion, facts, policy) == ScsStanding::open);
  policy.settings.front().check = "backup.recent";
  CHECK(standing_of(kCriterion, facts, policy) == ScsStanding::met);
  auto ledger = kCriterion;
  ledger.checks.clear();
  CHECK(standing_of(ledger, facts, {}) == ScsStanding::met);
  policy.inventory = compliance::Collecting::off;
  CHECK(standing_of(ledger, facts, policy) == ScsStanding::open);
  // Without any antivirus there is no scan to be old: that does not apply then, and meets nothing.
  for (const auto& criterion : scs_facts().by_machine)
    if (criterion.id.starts_with("4-4-5-")) CHECK(criterion.checks.front() == "antivirus.active");
}

TEST_CASE("nothing of ★3 is met by a company of which nothing is known") {
  const auto readiness = readiness_of(view_of({}), scs_facts(), {});
  CHECK(readiness.scs.count(ScsStanding::met) == 0);
  CHECK((readiness.one == StarStanding::missing && readiness.two == StarStanding::missing));
  CHECK((readiness.missing_one.size() == 2 && readiness.missing_two.size() == 2));
}

TEST_CASE("ready to declare is neither missing something nor declared") {
  DeclaringFacts facts;
  facts.counting.emplace(DeclaringStep::gbizid, SaidDone{"田中", day(0), day(300)});
  facts.counting.emplace(DeclaringStep::rules, SaidDone{"田中", day(0), day(300)});
  auto readiness = readiness_of(view_of(facts), scs_facts(), {});
  CHECK((readiness.one == StarStanding::ready && readiness.missing_one.empty() && readiness.two == StarStanding::missing));
  facts.sheet.star = 1;
  facts.sheet.declaration = "51234567890";
  readiness = readiness_of(view_of(facts), scs_facts(), {});
  CHECK((readiness.one == StarStanding::declared && readiness.two == StarStanding::missing && readiness.missing_two.size() == 2));
  facts.questions = facts.questions_answered = 25;
  facts.published = Published::there;
  CHECK(readiness_of(view_of(facts), scs_facts(), {}).two == StarStanding::ready);
}

TEST_CASE("one table: a company a row, whoever can declare first, and only those that were asked for") {
  Office office;
  office.add_company("sato");
  office.add_company("suzuki");
  Scene scene{*office.store, "sato"};
  scene.write([&] {
    for (const auto step : {DeclaringStep::gbizid, DeclaringStep::rules})
      REQUIRE(say_step(*office.store, "sato", step, SaidDone{"佐藤", day(0), day(300)}, "佐藤", day(0)));
    auto company = *office.store->company("sato");
    company.name = "佐藤商店";
    REQUIRE(office.store->put_company(company));
  });
  const auto rows = table(office, {"yamada", "sato"});
  REQUIRE(rows.size() == 3);
  for (const auto& row : rows) CHECK(row.size() == rows[0].size());
  CHECK((rows[1][0].text == "佐藤商店" && rows[1][1].text == "宣言できます" && rows[1][2].empty()));
  CHECK((rows[2][1].text == "まだ" && rows[2][2].text.find("GビズID") != std::string::npos &&
         rows[2][4].text.find("25問") != std::string::npos));
  CHECK(rows[2][5].text == "9項目のうち0項目");
  CHECK(table(office, {}).size() == 1);
}

}  // namespace gokajo::tests
