#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"

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
