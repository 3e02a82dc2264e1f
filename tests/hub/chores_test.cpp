#include "hub/chores.h"

#include <algorithm>

#include "hub/company_overview.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;

TEST_CASE("with the days reports go, verdicts are judged anew, and each step is small") {
  Office office;
  std::vector<Pc> pcs(45);
  for (const auto& pc : pcs) {
    office.enrol(pc);
    office.receipt(pc.report({1, 1}, at(0), content_of_pc("falcon-on", at(0))), at(0));
  }
  office.receipt(pcs[0].report({1, 2}, at(1), content_of_pc("falcon-on", at(1))), at(1));
  Chores chores(*office.store);
  const auto all_steps = [&](platform::Time now) {
    int steps = 0;
    for (;; ++steps) {
      const auto more = chores.step(now);
      REQUIRE_MESSAGE(more, (more ? "" : more.error().detail));
      if (!*more) return steps;
      REQUIRE(steps < 100);
    }
  };
  CHECK(all_steps(at(60)) == 2);  // 45 devices, 20 at once
  CHECK(all_steps(at(61)) == 0);
  CHECK(office.verdict(pcs[44], "updates") == compliance::Verdict::pass);
  CHECK(office.store->report("yamada", pcs[0].id(), {1, 1}));
  all_steps(at(86400 * 89));
  CHECK(office.verdict(pcs[44], "updates") != compliance::Verdict::pass);
  CHECK(office.store->report("yamada", pcs[0].id(), {1, 1}));
  all_steps(at(86400 * 91));
  CHECK_FALSE(office.store->report("yamada", pcs[0].id(), {1, 1}));
  CHECK(office.store->report("yamada", pcs[0].id(), {1, 2}));  // what is said of it rests on that one
  CHECK_FALSE(office.store->changes("yamada", at(0))->empty());
  all_steps(at(86400 * 397 + 1));
  const auto left = office.store->changes("yamada", at(0));
  CHECK(std::all_of(left->begin(), left->end(), [](const Change& change) { return change.at > at(0); }));
}

TEST_CASE("once a day each company's PCs are counted for its trend, and counts go after two years") {
  Office office;
  office.add_company("sato");  // has no PC: nothing to count
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 1}, at(0), content_of_pc("falcon-on", at(0))), at(0));
  Chores chores(*office.store);
  const auto all_steps = [&](platform::Time now) {
    for (;;) {
      const auto more = chores.step(now);
      REQUIRE(more);
      if (!*more) return;
    }
  };
  for (int hour = 0; hour < 72; hour += 6) all_steps(at(hour * 3600));
  const auto counts = [&](const char* tenant) { return *office.store->daily_counts(tenant, platform::Time{}); };
  CHECK(counts("sato").empty());
  const auto yamada = counts("yamada");
  REQUIRE(yamada.size() == 3 * 6);  // three UTC days, each for the company and five rules
  CHECK(yamada.front().day == platform::Time{std::chrono::floor<platform::Days>(at(0))});
  CHECK(yamada.front().rule.empty());
  for (const auto& one : yamada) CHECK(one.pass + one.fail + one.unknown + one.ask + one.not_applicable + one.silent + one.resting == 1);
  all_steps(at(0) + platform::Days{2 * 366 + 4});
  const auto left = counts("yamada");
  REQUIRE(left.size() == 6);
  CHECK(left.front().silent == 1);
}

}  // namespace gokajo::tests
