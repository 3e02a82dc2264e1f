// Expected by people.md: the company's verdict adds its questions and silent PCs and needs 登録 = 申告台数 (1.5, 1.6, section 4); one cause
// on many PCs is one item (1.8); what costs money stands apart (issue 5).
#include "hub/company_overview.h"

#include <algorithm>

#include "compliance/wording.h"
#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

struct Held {
  Office office;
  Scene scene{*office.store};
  CompanyOverview at(platform::Time now = day(0)) {
    auto overview = company_overview(*office.store, "yamada", now, nullptr);
    REQUIRE(overview);
    return *overview;
  }
};

const RuleTile& tile(const CompanyOverview& overview, const std::string& rule) {
  const auto found = std::find_if(overview.tiles.begin(), overview.tiles.end(), [&](const RuleTile& one) { return one.rule == rule; });
  REQUIRE(found != overview.tiles.end());
  return *found;
}

compliance::JudgedFinding missing_antivirus() { return found("antivirus.active", "antivirus", "no-product"); }

}  // namespace

TEST_CASE("a company without PCs is not called fine") {
  Held held;
  const auto empty = held.at();
  CHECK(empty.tiles.size() == 5);
  CHECK(empty.verdict != Verdict::pass);
  CHECK(empty.verdict != Verdict::not_applicable);
  held.scene.state(0);
  CHECK(held.at().verdict == Verdict::ask);
}

TEST_CASE("a company passes when every PC it has passes, and only then") {
  Held held;
  held.scene.state(2);
  const auto one = held.scene.add("PC-01", day(0)), two = held.scene.add("PC-02", day(0));
  held.scene.judge(one, day(-1));
  held.scene.judge(two, day(-1));
  CHECK(held.at().verdict == Verdict::pass);
  CHECK(all_fine(held.at().week));
  // One more than are registered, none stated, one less.
  for (const auto stated : {3, 1}) {
    held.scene.state(stated);
    CHECK(held.at().verdict == Verdict::ask);
  }
  auto company = *held.office.store->company("yamada");
  company.stated_devices.reset();
  held.scene.write([&] { REQUIRE(held.office.store->put_company(company)); });
  CHECK(held.at().verdict == Verdict::ask);
  held.scene.state(2);
  // A silent PC: what it said before counts for nothing.
  const auto later = held.at(day(20));
  CHECK(later.verdict == Verdict::unknown);
  for (const auto& one_tile : later.tiles) CHECK(one_tile.verdict == Verdict::unknown);
  CHECK(tile(later, "updates").counts.silent == 2);
  CHECK(tile(later, "updates").counts.pass == 0);
}

TEST_CASE("one PC's failure is the rule's and the company's, and its questions are theirs") {
  Held held;
  held.scene.state(3);
  const auto late = held.scene.add("PC-01", day(0)), blind = held.scene.add("PC-02", day(0)), asked = held.scene.add("PC-03", day(0));
  held.scene.judge(late, day(-1), {missing_antivirus()});
  held.scene.judge(blind, day(-1), {found("updates.security-installed", "updates", "unmeasured", Verdict::unknown)});
  held.scene.judge(asked, day(-1), {found("passwords.length", "passwords", "no-rule", Verdict::ask)});
  held.scene.add("PC-04", day(0), Standing::waiting);
  auto overview = held.at();
  CHECK(overview.verdict == Verdict::fail);
  CHECK(overview.waiting == 1);
  CHECK(tile(overview, "antivirus").verdict == Verdict::fail);
  CHECK(tile(overview, "antivirus").counts.fail == 1);
  CHECK(tile(overview, "antivirus").counts.pass == 2);
  CHECK(tile(overview, "updates").verdict == Verdict::unknown);
  CHECK(tile(overview, "updates").counts.unknown == 1);
  CHECK(tile(overview, "passwords").verdict == Verdict::ask);
  CHECK(tile(overview, "passwords").declared);
  CHECK(tile(overview, "sharing").verdict == Verdict::pass);
  CHECK_FALSE(tile(overview, "updates").declared);
  // The mail says the same.
  CHECK(overview.week.fail == 1);
  CHECK(overview.week.other == 2);
  held.scene.answer("nas", "fail");
  overview = held.at();
  CHECK(tile(overview, "sharing").verdict == Verdict::fail);
  CHECK(tile(overview, "sharing").company_fails == 1);
  held.scene.write(
      [&] { REQUIRE(held.office.store->put_declaration("yamada", {"", {"nas", "", "yes", "田中", day(-400), day(-40)}, std::nullopt})); });
  CHECK(tile(held.at(), "sharing").verdict == Verdict::ask);
  CHECK(tile(held.at(), "sharing").questions == 1);
}

TEST_CASE("what is to be done first names its PCs, in the lane where it belongs, with what people noted") {
  Held held;
  held.scene.state(5);
  std::vector<Device> pcs;
  for (int i = 1; i <= 5; ++i) pcs.push_back(held.scene.add("PC-0" + std::to_string(i), day(0)));
  for (int i = 0; i < 3; ++i) held.scene.judge(pcs[i], day(-1), {missing_antivirus()});
  held.scene.judge(pcs[3], day(-1), {found("updates.os-supported", "updates", "ended")});
  held.scene.judge(pcs[4], day(-1));
  held.scene.write([&] {
    REQUIRE(held.office.store->put_plan("yamada", {pcs[1].id, "antivirus.active", PlanState::doing, {}, "田中", day(0)}));
    REQUIRE(held.office.store->put_plan("yamada", {pcs[1].id, "updates.os-supported", PlanState::doing, {}, "田中", day(0)}));
  });
  const auto overview = held.at();
  REQUIRE(overview.first.size() == 2);
  const auto& shared = overview.first[0];
  CHECK(shared.todo.check == "antivirus.active");
  CHECK(shared.todo.labels == std::vector<std::string>{"PC-01", "PC-02", "PC-03"});
  CHECK(shared.todo.devices == std::vector<std::string>{pcs[0].id, pcs[1].id, pcs[2].id});
  CHECK(shared.lane.lane == Lane::today);
  REQUIRE(shared.plans.size() == 1);
  CHECK(shared.plans.begin()->first == pcs[1].id);
  CHECK(overview.first[1].todo.check == "updates.os-supported");
  CHECK(overview.first[1].lane.lane == Lane::cost);
  CHECK_FALSE(overview.first[1].lane.reason.ja.empty());
  // A plan changes no verdict.
  CHECK(tile(overview, "antivirus").counts.fail == 3);
}

TEST_CASE("what changed in a week names the PCs, and what came before is no news") {
  Held held;
  held.scene.state(2);
  const auto mended = held.scene.add("PC-01", day(0)), worse = held.scene.add("PC-02", day(0));
  held.scene.judge(mended, day(-20), {missing_antivirus()});
  held.scene.judge(worse, day(-20));
  CHECK(held.at().week.newly.empty());
  held.scene.judge(mended, day(-2));
  held.scene.judge(worse, day(-2), {missing_antivirus()});
  const auto week = held.at().week;
  CHECK(week.newly_devices == std::vector<std::string>{worse.id});
  REQUIRE(week.solved.size() == 1);
  CHECK(week.solved.front().device == mended.id);
  CHECK(held.at(day(6)).week.solved.empty());
}

TEST_CASE("a trend begins with its fourth week, has the last count of each, and half a year at most") {
  std::vector<DailyCount> counts;
  const auto monday = platform::Time{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}};
  const auto add = [&](int after, std::int64_t fail) {
    counts.push_back({monday + platform::Days{after}, "", 10, fail});
    counts.push_back({monday + platform::Days{after}, "updates", 3, 3});
  };
  for (const int after : {0, 3, 6, 7, 13, 20}) add(after, after);  // three weeks
  CHECK(trend_of(counts).empty());
  add(21, 1);
  auto trend = trend_of(counts);
  REQUIRE(trend.size() == 4);
  CHECK(trend.front().count.fail == 6);
  CHECK(trend.back().count.fail == 1);
  for (int week = 4; week < 40; ++week) add(7 * week, week);
  trend = trend_of(counts);
  CHECK(trend.size() == kTrendWeeks);
  CHECK(trend.back().count.fail == 39);
}

TEST_CASE("each PC is counted once a day, as what the company's page says of it") {
  Held held;
  held.scene.state(4);
  const auto late = held.scene.add("PC-01", day(0)), fine = held.scene.add("PC-02", day(0)), blind = held.scene.add("PC-03", day(0)),
             silent = held.scene.add("PC-04", day(-30));
  held.scene.judge(late, day(-1), {missing_antivirus()});
  held.scene.judge(fine, day(-1));
  held.scene.judge(blind, day(-1), {found("updates.security-installed", "updates", "unmeasured", Verdict::unknown)});
  held.scene.judge(silent, day(-30));
  const auto counts = counts_of_day(held.at().week);
  REQUIRE(counts.size() == 6);
  CHECK(counts[0].pass == 1);
  CHECK(counts[0].fail == 1);
  CHECK(counts[0].unknown == 1);
  CHECK(counts[0].silent == 1);
  CHECK(counts[1].rule == "updates");
  CHECK(counts[1].pass == 2);
  CHECK(counts[1].unknown == 1);
  CHECK(counts[1].silent == 1);
}

TEST_CASE("every decision about costs names a failure that a check can find, with its reason") {
  REQUIRE(built_in_lanes().size() >= 2);
  const auto& wording = compliance::built_in_wording();
  for (const auto& [key, decision] : built_in_lanes()) {
    const auto& [check, situation] = key;
    CAPTURE(check);
    CAPTURE(situation);
    REQUIRE(wording.contains(check));
    if (situation != "*") {
      REQUIRE(wording.at(check).situations.contains(situation));
      CHECK(wording.at(check).situations.at(situation).verdict == Verdict::fail);
    }
    CHECK_FALSE(decision.reason.ja.empty());
    CHECK_FALSE(decision.reason.en.empty());
  }
  CHECK(lane_of("updates.os-supported", "ended").lane == Lane::cost);
  CHECK(lane_of("antivirus.active", "expired").lane == Lane::today);
  CHECK(lane_of("updates.security-installed", "missing-late").lane == Lane::today);
  for (
      const char* broken :
      {"", "{}", R"({"format":"gokajo-lanes/2","about":"","decisions":[]})",
       R"({"format":"gokajo-lanes/1","about":"","decisions":[{"check":"a","situation":"*","lane":"never","reason":{"ja":"a","en":"b"}}]})"})
    CHECK_FALSE(read_lanes(broken));
}

}  // namespace gokajo::tests
