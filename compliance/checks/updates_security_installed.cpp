#include <algorithm>

#include "compliance/checks.h"
#include "compliance/fix_dates.h"
#include "compliance/index_age.h"
#include "compliance/is_windows.h"
#include "compliance/windows_installed.h"

namespace gokajo::compliance {
namespace {

Parameters item_of(const PendingUpdate& update, const FixDates& dates) {
  Parameters item = {{"name", Name{update.name}},
                     {"installed", Version{update.installed}},
                     {"fix", Version{update.first_fix.empty() ? update.offered : update.first_fix}}};
  if (dates.not_after) item.emplace("since", Date{*dates.not_after});
  return item;
}

// What is missing, by how certain its date is.
struct Missing {
  std::vector<Parameters> late, within, open;
  std::vector<std::string> held;  // of the list that decides
  std::optional<Time> oldest;
};

bool kept_by_setting(const PendingUpdate& update) {
  return update.state == PendingState::held || update.state == PendingState::pinned || update.state == PendingState::ignored;
}

Missing sort_out(const PendingUpdates& pending, const UpdateSources* sources, const Memory& memory, Time now, std::int64_t max_days) {
  Missing missing;
  const platform::Days limit{max_days};
  for (const auto& update : pending.updates) {
    if (!is_missing_fix(update)) continue;
    const auto dates = fix_dates(update, sources, memory, now);
    if (dates.not_after && now - *dates.not_after > limit) {
      missing.late.push_back(item_of(update, dates));
      if (!missing.oldest || *dates.not_after < *missing.oldest) missing.oldest = dates.not_after;
    } else if (dates.not_before && now - *dates.not_before <= limit) {
      missing.within.push_back(item_of(update, dates));
    } else {
      missing.open.push_back(item_of(update, dates));
    }
    if (kept_by_setting(update)) missing.held.push_back(update.name);
  }
  return missing;
}

// A release that tells no fixes from other updates: any newer version may be one, and only all of them together are tested by its makers.
bool is_rolling(const PendingUpdates& pending, const Fact<UpdateSources>& sources) {
  return pending.manager == PackageManager::pacman || (sources && sources->security_channel == SecurityChannel::newest_version);
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory& memory, Time now) {
  if (is_windows(evidence)) return judge_windows_installed(evidence, number(settings, "max_days"), now);
  const auto& pending = evidence.updates.pending;
  const auto& sources = evidence.updates.sources;
  if (!pending) return unmeasured(pending);
  if (pending->manager == PackageManager::none || pending->installed_count <= 0) return unknown("no-packages", pending.observed_at);
  const bool rolling = is_rolling(*pending, sources);
  const auto max_days = number(settings, rolling ? "rolling_max_days" : "max_days");
  auto missing = sort_out(*pending, sources ? &*sources : nullptr, memory, now, max_days);
  Parameters said = {{"days", DayCount{max_days}}};
  if (!missing.held.empty()) said.emplace("held", List{missing.held});
  const bool held = !missing.held.empty();
  if (!missing.late.empty()) {
    said.emplace("count", Count{static_cast<std::int64_t>(missing.late.size())});
    said.emplace("since", Date{*missing.oldest});
    return fail(rolling ? (held ? "rolling-late-held" : "rolling-late") : (held ? "missing-late-held" : "missing-late"),
                pending.observed_at, std::move(said), std::move(missing.late));
  }
  if (!missing.open.empty()) {
    said.emplace("count", Count{static_cast<std::int64_t>(missing.open.size())});
    return unknown(
        rolling ? (held ? "rolling-since-unknown-held" : "rolling-since-unknown") : (held ? "since-unknown-held" : "since-unknown"),
        pending.observed_at, std::move(said), std::move(missing.open));
  }
  // From here on something good would be said, and only a fresh index may say it: none older than a fix may be missing, however seldom the
  // PC was on since, for what came out behind its date is not in it.
  if (!sources) return unmeasured(sources);
  const auto index = judge_index_age(evidence, {.max_calendar_days = max_days}, memory, now);
  if (index.verdict != Verdict::pass) return unknown("index-not-current", pending.observed_at);
  if (missing.within.empty()) return pass("nothing-missing", pending.observed_at, {{"date", index.parameters.at("date")}});
  said.emplace("count", Count{static_cast<std::int64_t>(missing.within.size())});
  return pass(rolling ? "rolling-within-days" : "within-days", pending.observed_at, std::move(said), std::move(missing.within));
}

}  // namespace

// rolling_max_days: where no fix is told from other updates, all of them count, and a week is our default.
// 14 days: SCS three stars, item 4-4-4-2. The clock runs from the first fix above what is installed, certain or not at all.
const Check updates_security_installed{.id = "updates.security-installed",
                                       .judge = judge,
                                       .settings = {{"max_days", std::int64_t{14}}, {"rolling_max_days", std::int64_t{7}}}};

}  // namespace gokajo::compliance
