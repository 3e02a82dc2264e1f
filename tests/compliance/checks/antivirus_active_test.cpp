#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "antivirus.active";
}

TEST_CASE("a Linux PC without any antivirus fails, one that runs passes and is named") {
  CHECK(verdict_of(kCheck, protected_by({})) == Verdict::fail);
  const auto finding = judged(kCheck, protected_by({good_product()}));
  CHECK(finding.verdict == Verdict::pass);
  CHECK(finding.parameters.at("products") == Parameter{List{{"ClamAV"}}});
}

TEST_CASE("installed and stopped, expired, unlicensed, passive or blind is not active, and the product is named") {
  auto stopped = good_product(), expired = good_product(), unlicensed = good_product(), passive = good_product(), blind = good_product();
  stopped.running = known(false);
  expired.expires = known(kNow - platform::Days{1});
  unlicensed.licensed = known(false);
  passive.real_time = known(RealTime::passive);
  blind.real_time = known(RealTime::blind);
  const std::pair<AntivirusProduct, const char*> rows[] = {
      {stopped, "stopped"}, {expired, "expired"}, {unlicensed, "unlicensed"}, {passive, "passive"}, {blind, "blind"}};
  for (const auto& [product, situation] : rows) {
    CAPTURE(situation);
    const auto finding = judged(kCheck, protected_by({product}));
    CHECK(finding.verdict == Verdict::fail);
    CHECK(finding.situation == situation);
    CHECK(finding.parameters.at("product") == Parameter{Name{"ClamAV"}});
  }
  CHECK(verdict_of(kCheck, protected_by({stopped, good_product("Microsoft Defender")})) == Verdict::pass);
}

TEST_CASE("a licence that ends in the future does not fail") {
  auto product = good_product();
  product.expires = known(kNow + platform::Days{1});
  product.licensed = known(true);
  CHECK(verdict_of(kCheck, protected_by({product})) == Verdict::pass);
}

TEST_CASE("a process list that could not be read leaves antivirus unknown") {
  auto product = good_product();
  product.running = absent<bool>(ErrorKind::denied);
  const auto finding = judged(kCheck, protected_by({product}));
  CHECK(finding.verdict == Verdict::unknown);
  CHECK(finding.absence->reason == ErrorKind::denied);
}

TEST_CASE("no known product and programs nobody could look at is unknown, and so is a guard nobody knows") {
  auto evidence = protected_by({});
  evidence.antivirus.other_guards = absent<std::vector<std::string>>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.antivirus.other_guards = known(std::vector<std::string>{"/opt/newav/guard"});
  const auto finding = judged(kCheck, evidence);
  CHECK(finding.verdict == Verdict::unknown);
  CHECK(finding.situation == "unknown-guard");
  CHECK(finding.parameters.at("programs") == Parameter{List{{"/opt/newav/guard"}}});
}

TEST_CASE("antivirus nobody looked for is unknown") {
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
  Evidence evidence;
  evidence.antivirus.products = absent<std::vector<AntivirusProduct>>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
}

}  // namespace gokajo::tests
