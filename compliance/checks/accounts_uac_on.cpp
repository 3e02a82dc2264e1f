#include "compliance/checks.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& uac = evidence.extras.windows_uac;
  if (!uac) return unmeasured(uac);
  // What is not set has Windows' default, which is on and asks.
  if (uac->enabled == std::int64_t{0}) return fail("off", uac.observed_at);
  if (uac->administrators == std::int64_t{0}) return fail("silent", uac.observed_at);
  return pass("on", uac.observed_at);
}

}  // namespace

const Check accounts_uac_on{.id = "accounts.uac-on", .judge = judge};

}  // namespace gokajo::compliance
