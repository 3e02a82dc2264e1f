#include "compliance/windows_installed.h"

#include "compliance/tables.h"

namespace gokajo::compliance {
namespace {

// Whole days in Japan's calendar since a day; negative before it.
std::int64_t days_since(Time day, Time now) {
  return (platform::local_day(now, platform::kJapanOffset) - std::chrono::floor<platform::Days>(day)).count();
}

}  // namespace

// The level alone decides: history and pending updates are silent where an update server, an image or a clean-up stands behind them.
// Monthly updates supersede each other, so the clock runs from the first one above the level and does not begin again with the next.
Finding judge_windows_installed(const Evidence& evidence, std::int64_t max_days, Time now) {
  const auto& windows = evidence.device.windows;
  if (!windows) return unmeasured(windows);
  const auto seen = windows.observed_at;
  if (!windows->level) return unknown("level-not-told", seen);
  Parameters said = {{"level", Version{std::to_string(windows->build) + "." + std::to_string(*windows->level)}},
                     {"days", DayCount{max_days}}};
  const auto* build = find_levels(tables_in_use().windows_levels(), *windows);
  if (!build) return unknown("level-not-in-table", seen, std::move(said));
  const auto& settings = evidence.updates.windows_settings;
  const auto next = next_fix(*build, *windows->level, settings ? std::optional<bool>(settings->hotpatches) : std::nullopt);
  if (next.latest && days_since(*next.latest, now) > max_days) {
    said.emplace("since", Date{*next.latest});
    said.emplace("late", DayCount{days_since(*next.latest, now)});
    const bool paused = settings && settings->paused_until && *settings->paused_until > now;
    return fail(paused ? "level-late-paused" : "level-late", seen, std::move(said));
  }
  if (!next.earliest || days_since(*next.earliest, now) > max_days) {
    const bool newer = !build->levels.empty() && *windows->level > build->levels.back().level;
    return unknown(newer ? "level-newer-than-table" : "level-not-in-table", seen, std::move(said));
  }
  said.emplace("since", Date{*next.earliest});
  return pass(days_since(*next.earliest, now) >= 0 ? "level-within-days" : "level-current", seen, std::move(said));
}

}  // namespace gokajo::compliance
