#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "antivirus.tamper-protected";

AntivirusProduct defender(Fact<bool> guarded) {
  auto product = good_product("Microsoft Defender");
  product.tamper_protected = std::move(guarded);
  return product;
}

std::string with(std::vector<AntivirusProduct> products) {
  auto evidence = windows_pc();
  evidence.antivirus.products = known(std::move(products));
  const auto finding = judged(kCheck, evidence);
  return toString(finding.verdict).c_str() + (" " + finding.situation);
}
}  // namespace

TEST_CASE("tamper protection counts while Defender is the product that guards") {
  CHECK(with({defender(known(true))}) == "pass on");
  CHECK(with({defender(known(false))}) == "fail off");
  CHECK(with({defender(absent<bool>(ErrorKind::failed))}) == "unknown unmeasured");
  CHECK(with({defender(known(false)), good_product("ESET")}) == "not_applicable another-product");
  CHECK(with({}) == "not_applicable no-defender");
  auto stopped = defender(known(true));
  stopped.running = known(false);
  CHECK(with({stopped}) == "not_applicable not-active");
  auto other = good_product("Stopped");
  other.running = known(false);
  CHECK(with({defender(known(false)), other}) == "fail off");
}

TEST_CASE("without a list of products tamper protection is unknown, and on Linux there is none") {
  CHECK(verdict_of(kCheck, windows_pc()) == Verdict::unknown);
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
