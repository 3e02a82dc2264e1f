#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "accounts.uac-on";

std::string with(WindowsUac uac) {
  auto evidence = windows_pc();
  evidence.extras.windows_uac = known(uac);
  const auto finding = judged(kCheck, evidence);
  return toString(finding.verdict).c_str() + (" " + finding.situation);
}
}  // namespace

TEST_CASE("UAC is on by default, and off or silent only where a value says so") {
  CHECK(with({}) == "pass on");
  CHECK(with({1, 5}) == "pass on");
  CHECK(with({1, 2}) == "pass on");
  CHECK(with({0, 5}) == "fail off");
  CHECK(with({std::nullopt, 0}) == "fail silent");
}

TEST_CASE("UAC that could not be read is unknown, and on Linux there is none") {
  auto evidence = windows_pc();
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.extras.windows_uac = absent<WindowsUac>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
