#include "compliance/windows_levels.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::compliance {
namespace {

using platform::Days, platform::Done, platform::misplaced, platform::Place, platform::Status;

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr std::array<std::string_view, 5> kKinds = {"B", "preview", "out-of-band", "release", "hotpatch"};

// A Windows comes out with a level that may be a month old: that day says nothing of the level's.
bool is_dated(const WindowsLevel& row) { return row.kind != "release"; }

Status validate_build(const WindowsBuild& build, const Place& place) {
  if (build.levels.empty()) return misplaced(place.key("levels"), "expected a level");
  Time before{};
  for (std::size_t i = 0; i < build.levels.size(); ++i) {
    const auto& row = build.levels[i];
    const Place at = place.key("levels").index(i);
    if (std::find(kKinds.begin(), kKinds.end(), row.kind) == kKinds.end()) return misplaced(at.key("kind"), "unknown kind");
    if (row.kind == "B" && second_tuesday_after(row.day - Days{1}) != row.day) return misplaced(at.key("day"), "expected a second Tuesday");
    if (row.source.empty()) return misplaced(at.key("source"), "expected a source");
    if (i > 0 && row.level <= build.levels[i - 1].level) return misplaced(at.key("level"), "expected a higher level");
    if (is_dated(row) && row.day < before) return misplaced(at.key("day"), "expected a later day");
    if (is_dated(row)) before = row.day;
  }
  return Done{};
}

}  // namespace

platform::Result<WindowsLevels> read_windows_levels(std::string_view text) {
  auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  WindowsLevels levels;
  if (auto status = platform::read_form(*json, levels, Place{}); !status) return status.error();
  if (levels.format != kWindowsLevelsFormat) return misplaced(Place{"format"}, std::string("expected \"") + kWindowsLevelsFormat + "\"");
  std::set<std::pair<std::int64_t, bool>> seen;
  for (std::size_t i = 0; i < levels.builds.size(); ++i) {
    const auto& build = levels.builds[i];
    const Place place = Place{"builds"}.index(i);
    for (const bool server : {false, true})
      if (build.server.value_or(server) == server && !seen.insert({build.build, server}).second)
        return misplaced(place, "this build stands twice");
    if (auto status = validate_build(build, place); !status) return status.error();
  }
  return levels;
}

const WindowsLevels& built_in_windows_levels() {
  static const WindowsLevels levels = [] {
    for (const auto& file : embedded::data())
      if (file.name == "windows_levels.json") {
        auto read = read_windows_levels(file.text);
        assert(read);
        if (read) return std::move(*read);
      }
    return WindowsLevels{};
  }();
  return levels;
}

const WindowsBuild* find_levels(const WindowsLevels& levels, const WindowsRelease& windows) {
  const bool server = windows.kind != WindowsKind::workstation;
  for (const auto& build : levels.builds)
    if (build.build == windows.build && build.server.value_or(server) == server) return &build;
  return nullptr;
}

NextFix next_fix(const WindowsBuild& build, std::int64_t level, std::optional<bool> hotpatches) {
  constexpr Days kInJapan{1};
  const WindowsLevel* below = nullptr;  // or the level itself
  const WindowsLevel* above = nullptr;
  for (const auto& row : build.levels) {
    if (!is_dated(row) || (row.kind == "hotpatch" && !(hotpatches == true && row.level == level))) continue;
    if (row.level <= level) below = &row;
    if (row.level > level && row.kind == "B" && !above) above = &row;
  }
  NextFix next;
  if (below) next.earliest = second_tuesday_after(below->day) + kInJapan;
  if (below && below->level == level)
    next.latest = next.earliest;
  else if (above && hotpatches == false)
    // A hotpatch has a lower level than the monthly update it is as good as, so the row above says nothing where it may be one.
    next.latest = above->day + kInJapan;
  if (next.earliest && next.latest) next.earliest = std::min(*next.earliest, *next.latest);
  return next;
}

const WindowsLevel* last_until(const WindowsBuild& build, Time day) {
  const WindowsLevel* last = nullptr;
  for (const auto& row : build.levels)
    if (row.kind == "B" && row.day <= day) last = &row;
  return last;
}

Time second_tuesday_after(Time day) {
  const auto start = std::chrono::floor<Days>(day);
  const std::chrono::year_month_day date{start};
  for (auto month = date.year() / date.month();; month += std::chrono::months{1}) {
    const std::chrono::sys_days tuesday{month / std::chrono::Tuesday[2]};
    if (tuesday > start) return tuesday;
  }
}

}  // namespace gokajo::compliance
