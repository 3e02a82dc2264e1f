#include "compliance/windows_supported.h"

#include <algorithm>

#include "compliance/tables.h"

namespace gokajo::compliance {
namespace {

using platform::kJapanOffset;

bool past(Time until, Time now) { return platform::local_day(now, kJapanOffset) > std::chrono::floor<platform::Days>(until); }

enum class Proof { yes, no, open };

Proof either(bool yes, bool no) { return yes ? Proof::yes : no ? Proof::no : Proof::open; }

// Whether this PC is in a programme of extended updates. 3, 11 and 12 are the states of an enrolled PC; of a person, 3 is an enrolled PC
// and 5 an enrolled account.
Proof enrolled(const ExtendedSupport& extended, const Evidence& evidence) {
  const auto& enrolment = evidence.updates.windows_enrolment;
  if (extended.kind == "esu-consumer") {
    if (!enrolment) return Proof::open;
    const auto status = enrolment->status.value_or(0);
    const bool person =
        std::any_of(enrolment->people.begin(), enrolment->people.end(), [](std::int64_t state) { return state == 3 || state == 5; });
    return either(status == 3 || status == 11 || status == 12 || person, !enrolment->subscription);
  }
  if (evidence.device.windows->edition.starts_with("Core")) return Proof::no;
  const auto& licences = evidence.updates.windows_licences;
  if (!licences || !extended.kind.starts_with("esu-year-")) return Proof::open;
  const std::int64_t year = extended.kind.back() - '0';
  const auto has = [&](const std::vector<std::int64_t>& years) { return std::find(years.begin(), years.end(), year) != years.end(); };
  return either(has(licences->on), has(licences->off));
}

// What the installed level says of fixes behind the free end.
struct LevelProof {
  bool above_free = false;  ///< something that only the extension brings is installed
  bool current = false;     ///< and nothing newer is out
};

LevelProof level_proof(const WindowsRelease& windows, Time free_until, Time now) {
  const auto* build = find_levels(tables_in_use().windows_levels(), windows);
  const auto* last = build ? last_until(*build, free_until) : nullptr;
  if (!last || !windows.level || *windows.level <= last->level) return {};
  const auto next = next_fix(*build, *windows.level, false);
  return {true, next.earliest && !past(*next.earliest, now)};
}

Parameters describe(const SupportedRelease& row, const WindowsRelease& windows, Time until) {
  return {
      {"name", Name{row.name}}, {"release", Version{std::to_string(windows.build)}}, {"date", Date{until}}, {"source", Name{row.source}}};
}

Finding alive(const SupportedRelease& row, const Fact<WindowsRelease>& windows, Time until, const char* situation, std::int64_t warn_days,
              Time now) {
  auto parameters = describe(row, *windows, until);
  if (!past(until - platform::Days{warn_days}, now)) return pass(situation, windows.observed_at, std::move(parameters));
  parameters["days"] = DayCount{(std::chrono::floor<platform::Days>(until) - platform::local_day(now, kJapanOffset)).count()};
  return pass("ends-soon", windows.observed_at, std::move(parameters));
}

// Past its free end. Enrolment is shown on PCs that never got an update by it, so a trace counts only with a level that proves one.
Finding beyond_free(const SupportedRelease& row, const Evidence& evidence, std::int64_t warn_days, Time now) {
  const auto& windows = evidence.device.windows;
  const auto seen = windows.observed_at;
  const auto level = level_proof(*windows, *row.free_until, now);
  std::optional<Time> proven, open;
  bool running = false, explained = false;
  for (const auto& extended : row.extended.value_or(std::vector<ExtendedSupport>{})) {
    const auto proof = enrolled(extended, evidence);
    if (past(extended.until, now)) {
      explained = explained || proof == Proof::yes;
      continue;
    }
    running = true;
    if (proof == Proof::yes) proven = std::max(proven.value_or(extended.until), extended.until);
    if (proof == Proof::open) open = std::max(open.value_or(extended.until), extended.until);
  }
  auto parameters = describe(row, *windows, *row.free_until);
  if (!running) return fail("ended", seen, std::move(parameters));
  if (proven && level.above_free) return alive(row, windows, *proven, "supported-extended", warn_days, now);
  if (proven) {
    parameters["extended_date"] = Date{*proven};
    return unknown("extension-idle", seen, std::move(parameters));
  }
  // Only PCs of a programme get this level; one of a year that is over explains it as well, and lasts no longer.
  if (level.current && !explained) return pass("extended-by-level", seen, std::move(parameters));
  if (!open && (!level.above_free || explained)) return fail("ended", seen, std::move(parameters));
  return unknown("windows-extension-unproven", seen, std::move(parameters));
}

}  // namespace

Finding judge_windows_supported(const Evidence& evidence, std::int64_t warn_days, Time now) {
  const auto& windows = evidence.device.windows;
  if (!windows) return unmeasured(windows);
  const auto found = find_windows(tables_in_use().lifecycle(), *windows);
  if (!found.row) {
    const auto name = std::string(windows->kind == WindowsKind::workstation ? "Windows" : "Windows Server") +
                      (windows->edition.empty() ? "" : " " + windows->edition);
    return unknown(found.newer_than_table ? "newer-than-table" : "not-in-table", windows.observed_at,
                   {{"name", Name{name}}, {"release", Version{std::to_string(windows->build)}}});
  }
  if (past(*found.row->free_until, now)) return beyond_free(*found.row, evidence, warn_days, now);
  return alive(*found.row, windows, *found.row->free_until, "supported", warn_days, now);
}

}  // namespace gokajo::compliance
