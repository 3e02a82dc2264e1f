#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "accounts.smartscreen-on";

std::string with(WindowsSmartScreen screen) {
  auto evidence = windows_pc();
  evidence.extras.windows_smartscreen = known(screen);
  const auto finding = judged(kCheck, evidence);
  return toString(finding.verdict).c_str() + (" " + finding.situation);
}
}  // namespace

TEST_CASE("SmartScreen is on by default, and a policy wins over the local value") {
  CHECK(with({}) == "pass on");
  CHECK(with({std::nullopt, true}) == "pass on");
  CHECK(with({std::nullopt, false}) == "fail off");
  CHECK(with({true, false}) == "pass on");
  CHECK(with({false, true}) == "fail off-by-policy");
}

TEST_CASE("Server Core warns nobody; what could not be read is unknown") {
  auto evidence = windows_pc(WindowsKind::server);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.device.windows->core = true;
  CHECK(judged(kCheck, evidence).situation == "server-core");
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
