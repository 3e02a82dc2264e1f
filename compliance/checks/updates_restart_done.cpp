#include "compliance/checks.h"
#include "compliance/is_windows.h"
#include "compliance/windows_restart.h"

namespace gokajo::compliance {
namespace {

Finding waiting(const Fact<RestartState>& restart, Time now) {
  std::vector<Parameters> items;
  for (const auto& name : restart->waiting) items.push_back({{"name", Name{name}}});
  if (items.empty()) items.push_back({{"name", Name{restart.source}}});
  if (!restart->since || *restart->since > now) return fail("waiting", restart.observed_at, {}, std::move(items));
  const auto days = std::chrono::floor<platform::Days>(now - *restart->since).count();
  if (days == 0) return fail("waiting", restart.observed_at, {}, std::move(items));
  return fail("waiting-since", restart.observed_at, {{"days", DayCount{days}}}, std::move(items));
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  if (is_windows(evidence)) return judge_windows_restart(evidence, now);
  const auto& restart = evidence.updates.restart;
  const auto& surroundings = evidence.device.surroundings;
  if (surroundings && surroundings->container) return not_applicable("container", surroundings.observed_at);
  if (surroundings && surroundings->wsl) return not_applicable("wsl", surroundings.observed_at);
  if (!restart) return unmeasured(restart);
  if (restart->marked == Tristate::yes || restart->newer_kernel == Tristate::yes) return waiting(restart, now);
  if (restart->newer_kernel == Tristate::unknown) return unknown("not-sure", restart.observed_at);
  if (restart->marked == Tristate::no) return pass("done", restart.observed_at);
  return pass("kernel-current", restart.observed_at, {{"running", Version{restart->running_kernel}}});
}

}  // namespace

const Check updates_restart_done{.id = "updates.restart-done", .judge = judge};

}  // namespace gokajo::compliance
