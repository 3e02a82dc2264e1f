#include "compliance/windows_restart.h"

#include <algorithm>

namespace gokajo::compliance {

// A mark from before the last start is a left-over. Files that wait to be renamed are no mark: browsers and antivirus leave them daily.
Finding judge_windows_restart(const Evidence& evidence, Time now) {
  const auto& wanted = evidence.updates.windows_restart_wanted;
  const auto& marks = evidence.updates.windows_restart_marks;
  const auto& system = evidence.device.system;
  const auto booted = system ? system->booted : std::nullopt;
  std::vector<Parameters> items;
  std::optional<Time> since;
  if (marks && booted)
    for (const auto& mark : *marks) {
      if (mark.since <= *booted) continue;
      items.push_back({{"name", Name{mark.name}}});
      if (mark.since <= now && (!since || mark.since < *since)) since = mark.since;
    }
  if (!items.empty() || wanted.value == true) {
    const auto seen = wanted ? wanted.observed_at : marks.observed_at;
    if (items.empty()) items.push_back({{"name", Name{"Windows Update"}}});
    const auto days = since ? std::chrono::floor<platform::Days>(now - *since).count() : 0;
    if (days == 0) return fail("waiting", seen, {}, std::move(items));
    return fail("waiting-since", seen, {{"days", DayCount{days}}}, std::move(items));
  }
  if (!wanted) return unmeasured(wanted);
  if (!marks) return unmeasured(marks);
  if (!booted && !marks->empty()) return unknown("not-sure", marks.observed_at);
  return pass("done", wanted.observed_at);
}

}  // namespace gokajo::compliance
