#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {
constexpr const char* kCheck = "antivirus.scan-recent";
}

TEST_CASE("a full scan counts for thirty days; a product that keeps no record is unknown") {
  auto product = good_product();
  CHECK(judged(kCheck, protected_by({product})).situation == "no-record");
  CHECK(verdict_of(kCheck, protected_by({product})) == Verdict::unknown);
  product.scanned = known(kNow - platform::Days{30});
  CHECK(verdict_of(kCheck, protected_by({product})) == Verdict::pass);
  product.scanned = known(kNow - platform::Days{31});
  CHECK(verdict_of(kCheck, protected_by({product})) == Verdict::fail);
  product.scanned = absent<Time>(platform::ErrorKind::not_found);
  CHECK(judged(kCheck, protected_by({product})).situation == "never");
  product.scanned = absent<Time>(platform::ErrorKind::denied);
  CHECK(judged(kCheck, protected_by({product})).situation == "unmeasured");
}

TEST_CASE("a scan dated in the future is unknown and says which day it claims") {
  auto product = good_product();
  product.scanned = known(kNow + platform::Days{3});
  const auto finding = judged(kCheck, protected_by({product}));
  CHECK(finding.situation == "future");
  CHECK(finding.verdict == Verdict::unknown);
  CHECK(finding.parameters.contains("date"));
}

TEST_CASE("without a product nothing can scan; nobody looked is unknown") {
  CHECK(verdict_of(kCheck, protected_by({})) == Verdict::not_applicable);
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
