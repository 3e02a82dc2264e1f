#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "boot.certificates-2023";

std::string with(const std::string& status, std::int64_t error = 0) {
  auto evidence = windows_pc();
  evidence.extras.windows_secure_boot = known(true);
  evidence.extras.windows_boot_certificates = known(WindowsBootCertificates{status, error});
  const auto finding = judged(kCheck, evidence);
  return toString(finding.verdict).c_str() + (" " + finding.situation);
}
}  // namespace

TEST_CASE("boot certificates: only Updated without an error passes, and nothing fails") {
  CHECK(with("Updated") == "pass updated");
  CHECK(with("Updated", 2147942487) == "ask stuck");
  CHECK(with("InProgress") == "ask in-progress");
  CHECK(with("NotStarted") == "ask not-started");
  CHECK(with("Rebooting") == "unknown unknown-status");
}

TEST_CASE("boot certificates are of no use without Secure Boot, and unknown where nothing tells") {
  auto evidence = windows_pc();
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.extras.windows_secure_boot = known(true);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.extras.windows_secure_boot = known(false);
  CHECK(judged(kCheck, evidence).situation == "secure-boot-off");
  evidence.extras.windows_secure_boot = absent<bool>(ErrorKind::not_found);
  evidence.device.windows->uefi = false;
  CHECK(judged(kCheck, evidence).situation == "bios");
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
