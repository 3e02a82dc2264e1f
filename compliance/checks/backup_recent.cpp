#include <algorithm>

#include "compliance/checks.h"
#include "compliance/is_windows.h"

namespace gokajo::compliance {
namespace {

// The newest backup that certainly was one: made by the program, not merely looked at, and not on the same disk.
const BackupTool* newest(const std::vector<BackupTool>& tools, Time now, bool apart_known) {
  const BackupTool* best = nullptr;
  for (const auto& tool : tools) {
    if (!tool.last || !tool.certain || tool.restore_points_only || tool.apart == false || *tool.last > now + platform::Days{1}) continue;
    if (apart_known && tool.apart != true) continue;
    if (!best || *tool.last > *best->last) best = &tool;
  }
  return best;
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time now) {
  const auto& tools = evidence.extras.backup.tools;
  if (!tools) return unmeasured(tools);
  const auto age_of = [&](const BackupTool& tool) {
    return std::max<std::int64_t>(std::chrono::floor<platform::Days>(now - *tool.last).count(), 0);
  };
  const auto parameters_of = [&](const BackupTool& tool) {
    return Parameters{{"tool", Name{tool.name}}, {"date", Date{*tool.last}}, {"age", DayCount{age_of(tool)}}};
  };
  const auto max_days = number(settings, "max_days");
  const auto* apart = newest(*tools, now, true);
  if (apart && age_of(*apart) <= max_days) return pass("recent", apart->last.observed_at, parameters_of(*apart));
  // On Windows no program's record lies in a home: without one the question to the person is the same.
  if (!evidence.extras.backup.homes_seen && !is_windows(evidence)) return unmeasured(evidence.extras.backup.homes_seen);
  const auto* somewhere = newest(*tools, now, false);
  if (somewhere && age_of(*somewhere) <= max_days) return ask("place-unknown", somewhere->last.observed_at, parameters_of(*somewhere));
  List unclear, same_disk;
  for (const auto& tool : *tools) {
    if (tool.restore_points_only || tool.apart == false)
      same_disk.value.push_back(tool.name);
    else if (!tool.last || !tool.certain)
      unclear.value.push_back(tool.name);
  }
  if (!unclear.value.empty()) return ask("time-unknown", tools.observed_at, {{"tools", std::move(unclear)}});
  if (somewhere) return fail("old", somewhere->last.observed_at, parameters_of(*somewhere));
  if (!same_disk.value.empty()) return ask("same-disk", tools.observed_at, {{"tools", std::move(same_disk)}});
  // A copy made by hand, by a NAS or by a cloud service leaves no trace here: that none is seen is no failure.
  return ask("none-seen", tools.observed_at);
}

}  // namespace

const Check backup_recent{.id = "backup.recent", .judge = judge, .settings = {{"max_days", std::int64_t{10}}}};

}  // namespace gokajo::compliance
