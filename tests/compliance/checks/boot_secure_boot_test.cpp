#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

TEST_CASE("Secure Boot: on, off, none in a BIOS, and unknown where UEFI does not say") {
  constexpr const char* kCheck = "boot.secure-boot";
  auto evidence = windows_pc();
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.extras.windows_secure_boot = known(true);
  CHECK(verdict_of(kCheck, evidence) == Verdict::pass);
  evidence.extras.windows_secure_boot = known(false);
  CHECK(verdict_of(kCheck, evidence) == Verdict::fail);
  evidence.extras.windows_secure_boot = absent<bool>(ErrorKind::not_found);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.device.windows->uefi = false;
  CHECK(judged(kCheck, evidence).situation == "bios");
  evidence.extras.windows_secure_boot = absent<bool>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
