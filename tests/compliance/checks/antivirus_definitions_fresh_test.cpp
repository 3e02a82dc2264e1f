#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"
#include "tests/support/powered_on.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Days, platform::ErrorKind;

namespace {
constexpr const char* kCheck = "antivirus.definitions-fresh";

AntivirusProduct aged(int days) {
  auto product = good_product();
  product.definitions->published = kNow - Days{days};
  return product;
}
}  // namespace

TEST_CASE("definitions count for seven days") {
  CHECK(verdict_of(kCheck, protected_by({aged(7)})) == Verdict::pass);
  const auto finding = judged(kCheck, protected_by({aged(8)}));
  CHECK(finding.verdict == Verdict::fail);
  CHECK(finding.parameters.at("age") == Parameter{DayCount{8}});
  CHECK(finding.parameters.at("date") == Parameter{Date{kNow - Days{8}}});
  CHECK(finding.parameters.at("product") == Parameter{Name{"ClamAV"}});
  CHECK(judged(kCheck, protected_by({aged(8)}), kNow, {}, {{"max_days", std::int64_t{14}}}).verdict == Verdict::pass);
}

TEST_CASE("what the engine has loaded decides, not what lies on the disk") {
  auto product = aged(1);
  product.definitions->loaded = kNow - Days{30};
  const auto finding = judged(kCheck, protected_by({product}));
  CHECK(finding.verdict == Verdict::fail);
  CHECK(finding.situation == "loaded-old");
}

TEST_CASE("no definitions at all fails, a date in the future or the product's own doubt is unknown") {
  auto none = good_product(), doubted = good_product();
  none.definitions->published.reset();
  doubted.definitions->called_current = false;
  CHECK(judged(kCheck, protected_by({none})).situation == "none");
  CHECK(verdict_of(kCheck, protected_by({none})) == Verdict::fail);
  CHECK(verdict_of(kCheck, protected_by({doubted})) == Verdict::unknown);
  CHECK(verdict_of(kCheck, protected_by({aged(-3)})) == Verdict::unknown);
}

TEST_CASE("the definitions that count are those of the product that watches") {
  auto stale_guard = aged(30), fresh_engine = good_product("B");
  fresh_engine.real_time = known(RealTime::off);
  CHECK(verdict_of(kCheck, protected_by({stale_guard, fresh_engine})) == Verdict::fail);
  auto fresh_guard = good_product("C");
  CHECK(verdict_of(kCheck, protected_by({stale_guard, fresh_guard})) == Verdict::pass);
}

TEST_CASE("a product without definitions makes it not applicable; without any product too") {
  auto edr = good_product("CrowdStrike Falcon");
  edr.definitions->used = false;
  edr.definitions->published.reset();
  const auto finding = judged(kCheck, protected_by({edr}));
  CHECK(finding.verdict == Verdict::not_applicable);
  CHECK(finding.parameters.at("product") == Parameter{Name{"CrowdStrike Falcon"}});
  CHECK(verdict_of(kCheck, protected_by({})) == Verdict::not_applicable);
}

TEST_CASE("after days off the product gets its hours to fetch definitions, when they were fresh before") {
  auto evidence = protected_by({aged(12)});
  evidence.device.system = known(System{});
  evidence.device.system->booted = kNow - std::chrono::minutes{30};
  Memory memory;
  CHECK(judged(kCheck, evidence, kNow, memory).verdict == Verdict::fail);  // nobody knows that the PC was off
  memory.last_good["pass/antivirus.definitions-fresh"] = kNow - Days{11};
  CHECK(judged(kCheck, evidence, kNow, memory).verdict == Verdict::unknown);
  CHECK(judged(kCheck, evidence, kNow, memory).situation == "just-started");
  memory.first_seen["finding/antivirus.definitions-fresh"] = kNow - Days{2};
  CHECK(judged(kCheck, evidence, kNow, memory).verdict == Verdict::fail);  // it was stale before it was switched off
  memory.first_seen.clear();
  evidence.device.system->booted = kNow - std::chrono::hours{3};
  CHECK(judged(kCheck, evidence, kNow, memory).verdict == Verdict::fail);
}

namespace {
Finding with_record(AntivirusProduct product, Fact<PoweredOn> record, std::optional<std::chrono::minutes> up = {},
                    const Memory& memory = {}) {
  auto evidence = protected_by({std::move(product)});
  evidence.device.powered_on = std::move(record);
  evidence.device.system = known(System{});
  if (up) evidence.device.system->booted = kNow - *up;
  return judged(kCheck, evidence, kNow, memory);
}
}  // namespace

TEST_CASE("days off do not age definitions, days on do") {
  const auto off = with_record(aged(12), on_but(kNow, 20, days_ago(11, 1)));
  CHECK(off.verdict == Verdict::pass);
  CHECK(off.situation == "fresh-powered");
  CHECK(off.parameters.at("date") == Parameter{Date{kNow - Days{12}}});
  CHECK(off.parameters.at("on_days") == Parameter{DayCount{1}});
  const auto on = with_record(aged(12), on_but(kNow, 20, days_ago(4, 1)));
  CHECK(on.verdict == Verdict::fail);
  CHECK(on.situation == "old-powered");
  CHECK(on.parameters.at("on_days") == Parameter{DayCount{8}});
  CHECK(with_record(aged(12), on_but(kNow, 20, days_ago(5, 1))).verdict == Verdict::pass);
  CHECK(with_record(aged(7), on_but(kNow, 20, {})).situation == "fresh");
  auto loaded = aged(1);
  loaded.definitions->loaded = kNow - Days{12};
  CHECK(with_record(loaded, on_but(kNow, 20, {})).situation == "loaded-old-powered");
  auto doubted = aged(12);
  doubted.definitions->called_current = false;
  CHECK(with_record(doubted, on_but(kNow, 20, days_ago(11, 1))).situation == "doubted");
}

TEST_CASE("the calendar decides where the record does not cover the time since") {
  CHECK(with_record(aged(12), on_but(kNow, 10, days_ago(10, 1))).situation == "old");
  CHECK(with_record(aged(12), absent<PoweredOn>(ErrorKind::unsupported)).situation == "old");
  Memory memory;
  memory.scan_days = {Time{platform::local_day(kNow - Days{4}, platform::kJapanOffset)}};
  CHECK(with_record(aged(12), on_but(kNow, 20, days_ago(11, 1)), {}, memory).situation == "old");
}

TEST_CASE("definitions above 30 calendar days fail, however seldom the PC was on") {
  CHECK(with_record(aged(30), on_but(kNow, 60, days_ago(29, 1))).verdict == Verdict::pass);
  CHECK(with_record(aged(31), on_but(kNow, 60, days_ago(30, 1))).verdict == Verdict::fail);
  // Two days a month, and definitions of two months ago.
  auto seldom = days_ago(58, 1);
  std::erase_if(seldom, [](int day) { return day % 15 == 0; });
  CHECK(with_record(aged(59), on_but(kNow, 60, seldom)).verdict == Verdict::fail);
}

TEST_CASE("days that are not certain make neither pass nor fail") {
  const auto finding = with_record(aged(12), on_but(kNow, 20, {}, days_ago(11, 1)));
  CHECK(finding.verdict == Verdict::unknown);
  CHECK(finding.situation == "days-unsure");
  CHECK(with_record(aged(12), on_but(kNow, 20, {}, days_ago(3, 1))).verdict == Verdict::fail);
  CHECK(with_record(aged(12), on_but(kNow, 20, days_ago(11, 4), days_ago(3, 1))).verdict == Verdict::pass);
}

TEST_CASE("within two hours of a start behind days off, what would fail is unknown") {
  const auto off = on_but(kNow, 60, days_ago(40, 1));
  CHECK(with_record(aged(41), off, std::chrono::minutes{119}).situation == "just-started");
  CHECK(with_record(aged(41), off, std::chrono::minutes{119}).verdict == Verdict::unknown);
  CHECK(with_record(aged(41), off, std::chrono::minutes{120}).verdict == Verdict::fail);
  // The record knows that the PC was on yesterday, whatever memory would allow.
  Memory memory;
  memory.last_good["pass/antivirus.definitions-fresh"] = kNow - Days{11};
  CHECK(with_record(aged(12), on_but(kNow, 20, {}), std::chrono::minutes{30}, memory).verdict == Verdict::fail);
}

TEST_CASE("definitions nobody could read are unknown") {
  auto product = good_product();
  product.definitions = absent<Definitions>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, protected_by({product})) == Verdict::unknown);
  product = aged(1);
  product.running = absent<bool>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, protected_by({product})) == Verdict::unknown);
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
  auto evidence = protected_by({});
  evidence.antivirus.other_guards = absent<std::vector<std::string>>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
}

}  // namespace gokajo::tests
