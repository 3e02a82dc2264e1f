#include "hub/declaring/readiness.h"

#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;

namespace {

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

TEST_CASE("nothing of ★3 is met by a company of which nothing is known") {
  const auto readiness = readiness_of(view_of({}), ScsGround{});
  CHECK(readiness.scs.count(ScsStanding::met) == 0);
  CHECK((readiness.one == StarStanding::missing && readiness.two == StarStanding::missing));
  CHECK((readiness.missing_one.size() == 2 && readiness.missing_two.size() == 2));
}

TEST_CASE("ready to declare is neither missing something nor declared") {
  DeclaringFacts facts;
  facts.counting.emplace(DeclaringStep::gbizid, SaidDone{"田中", day(0), day(300)});
  facts.counting.emplace(DeclaringStep::rules, SaidDone{"田中", day(0), day(300)});
  auto readiness = readiness_of(view_of(facts), ScsGround{});
  CHECK((readiness.one == StarStanding::ready && readiness.missing_one.empty() && readiness.two == StarStanding::missing));
  facts.sheet.star = 1;
  facts.sheet.declaration = "51234567890";
  readiness = readiness_of(view_of(facts), ScsGround{});
  CHECK((readiness.one == StarStanding::declared && readiness.two == StarStanding::missing && readiness.missing_two.size() == 2));
  facts.questions = facts.questions_answered = 25;
  facts.published = Published::there;
  CHECK(readiness_of(view_of(facts), ScsGround{}).two == StarStanding::ready);
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
