#include <algorithm>
#include <array>

#include "compliance/checks.h"
#include "compliance/is_windows.h"
#include "compliance/windows_automatic.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  if (is_windows(evidence)) return judge_windows_automatic(evidence, now);
  const auto& automatic = evidence.updates.automatic;
  if (!automatic) return unmeasured(automatic);
  // Nothing is missing from a system that comes without such a thing: a person installs, and the missing updates are counted.
  if (automatic->mechanism.empty() && automatic->installer_present == Tristate::no) return not_applicable("by-hand", automatic.observed_at);
  const std::array layers = {automatic->configured, automatic->installer_present, automatic->timer_runs};
  const auto any = [&](Tristate state) { return std::find(layers.begin(), layers.end(), state) != layers.end(); };
  // One missing layer is enough for nothing to be installed, whatever the others say.
  if (any(Tristate::no)) return fail("off", automatic.observed_at, {{"why", List{automatic->why_not}}});
  if (any(Tristate::unknown)) return unknown("not-sure", automatic.observed_at);
  return pass("on", automatic.observed_at, {{"mechanism", Name{automatic->mechanism}}});
}

}  // namespace

const Check updates_automatic{.id = "updates.automatic", .judge = judge};

}  // namespace gokajo::compliance
