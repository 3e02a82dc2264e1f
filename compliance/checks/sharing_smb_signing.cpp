#include "compliance/checks.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& demanded = evidence.sharing.windows_smb_signing;
  if (!demanded) return unmeasured(demanded);
  return *demanded ? pass("demanded", demanded.observed_at) : fail("not-demanded", demanded.observed_at);
}

}  // namespace

const Check sharing_smb_signing{.id = "sharing.smb-signing", .judge = judge};

}  // namespace gokajo::compliance
