#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "antivirus.real-time";

Verdict with(RealTime state) {
  auto product = good_product();
  product.real_time = known(state);
  return verdict_of(kCheck, protected_by({product}));
}
}  // namespace

TEST_CASE("only a product that can refuse an open is real-time protection") {
  CHECK(with(RealTime::on) == Verdict::pass);
  CHECK(with(RealTime::notices_only) == Verdict::fail);
  CHECK(with(RealTime::off) == Verdict::fail);
  CHECK(with(RealTime::passive) == Verdict::fail);
  CHECK(with(RealTime::blind) == Verdict::fail);
}

TEST_CASE("watching of a stopped or expired product does not count") {
  auto stopped = good_product(), expired = good_product();
  stopped.running = known(false);
  stopped.real_time = known(RealTime::off);
  expired.expires = known(kNow - platform::Days{3});
  CHECK(verdict_of(kCheck, protected_by({stopped})) == Verdict::fail);
  CHECK(verdict_of(kCheck, protected_by({expired})) == Verdict::fail);
}

TEST_CASE("one product that watches suffices, one that could not be asked is unknown, not fail") {
  auto off = good_product("A"), hidden = good_product("B");
  off.real_time = known(RealTime::off);
  hidden.real_time = absent<RealTime>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, protected_by({off, good_product()})) == Verdict::pass);
  CHECK(verdict_of(kCheck, protected_by({off, hidden})) == Verdict::unknown);
  hidden.running = absent<bool>(ErrorKind::denied);
  hidden.real_time = known(RealTime::on);
  CHECK(verdict_of(kCheck, protected_by({hidden})) == Verdict::unknown);
}

TEST_CASE("without a product there is nothing that could watch: not applicable, proven by the list of products") {
  CHECK(verdict_of(kCheck, protected_by({})) == Verdict::not_applicable);
  auto evidence = protected_by({});
  evidence.antivirus.other_guards = absent<std::vector<std::string>>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.antivirus.other_guards = known(std::vector<std::string>{"/opt/newav/guard"});
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
