#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

TEST_CASE("SMB signing is judged by the setting in force alone") {
  constexpr const char* kCheck = "sharing.smb-signing";
  auto evidence = windows_pc();
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.sharing.windows_smb_signing = known(true);
  CHECK(verdict_of(kCheck, evidence) == Verdict::pass);
  evidence.sharing.windows_smb_signing = known(false);
  CHECK(verdict_of(kCheck, evidence) == Verdict::fail);
  evidence.sharing.windows_smb_signing = absent<bool>(ErrorKind::unsupported);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
