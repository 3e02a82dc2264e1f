#include "compliance/checks.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& windows = evidence.device.windows;
  if (!windows) return unmeasured(windows);
  if (windows->core) return not_applicable("server-core", windows.observed_at);
  const auto& screen = evidence.extras.windows_smartscreen;
  if (!screen) return unmeasured(screen);
  if (screen->policy == false) return fail("off-by-policy", screen.observed_at);
  if (!screen->policy && screen->local == false) return fail("off", screen.observed_at);
  return pass("on", screen.observed_at);
}

}  // namespace

const Check accounts_smartscreen_on{.id = "accounts.smartscreen-on", .judge = judge};

}  // namespace gokajo::compliance
