#include "compliance/checks.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

// Never a failure: a PC without the new certificates still starts and still gets its updates.
Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& secure = evidence.extras.windows_secure_boot;
  const auto& windows = evidence.device.windows;
  if (!secure && secure.absent == ErrorKind::not_found && windows && windows->uefi == false)
    return not_applicable("bios", windows.observed_at);
  if (!secure) return unmeasured(secure);
  if (!*secure) return not_applicable("secure-boot-off", secure.observed_at);
  const auto& certificates = evidence.extras.windows_boot_certificates;
  if (!certificates) return unmeasured(certificates);
  if (certificates->error != 0) return ask("stuck", certificates.observed_at);
  if (certificates->status == "Updated") return pass("updated", certificates.observed_at);
  if (certificates->status == "InProgress") return ask("in-progress", certificates.observed_at);
  if (certificates->status == "NotStarted") return ask("not-started", certificates.observed_at);
  return unknown("unknown-status", certificates.observed_at, {{"status", Name{certificates->status}}});
}

}  // namespace

const Check boot_certificates_2023{.id = "boot.certificates-2023", .judge = judge};

}  // namespace gokajo::compliance
