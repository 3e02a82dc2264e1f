#include "compliance/checks.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& on = evidence.extras.windows_secure_boot;
  if (on) return *on ? pass("on", on.observed_at) : fail("off", on.observed_at);
  const auto& windows = evidence.device.windows;
  const bool bios = windows && windows->uefi == false && on.absent == ErrorKind::not_found;
  return bios ? not_applicable("bios", windows.observed_at) : unmeasured(on);
}

}  // namespace

const Check boot_secure_boot{.id = "boot.secure-boot", .judge = judge};

}  // namespace gokajo::compliance
