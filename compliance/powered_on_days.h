/// \file
/// Days off, taken out of an age: a PC that was switched off can neither look for updates nor fetch definitions. Every check that counts
/// powered-on days counts them here, from the record in evidence (PoweredOn) and from the days on which earlier scans ran.
#pragma once

#include <optional>

#include "compliance/evidence/device.h"
#include "compliance/memory.h"

namespace gokajo::compliance {

/// Whole calendar days (Japan's) between two moments, the days of both left out, on which this PC was off: `proven` of them for certain,
/// `possible` at most. Age minus `proven` days is the longest it can have been on, and a pass may rest on it; age minus `possible` days the
/// shortest, and a fail may. The day of each moment counts as on, so powered-on days never exceed the calendar's. `on`: the days on behind
/// the first moment's day up to that of the second, as a person would count them on a calendar; at most so many where `possible` is more.
struct DaysOff {
  std::int64_t proven = 0;
  std::int64_t possible = 0;
  std::int64_t on = 0;
  bool certain() const { return proven == possible; }
};

/// Whether this PC's record was asked for and could not be had. Days off may have been in it, so nothing fails by the calendar alone then.
/// A PC that keeps no record, or whose agent does not ask for one yet, is judged by the calendar.
bool record_is_lost(const Fact<PoweredOn>& record);

/// nullopt, and the calendar decides: no record, one that does not cover every day between, or one that calls a day off on which a scan
/// ran.
std::optional<DaysOff> days_off(const Fact<PoweredOn>& record, const Memory& memory, Time since, Time now);

/// Whether this PC was started less than `hours` ago behind a day on which it was off all day long, so that it may not have had the time to
/// fetch anything yet. nullopt where the record does not tell of the day before the start.
std::optional<bool> just_started_after_days_off(const Device& device, const Memory& memory, std::int64_t hours, Time now);

/// When a PC last came back from days off. `off_since`: the first of the days off, or the first that the record covers; `on`: days on
/// since, the day of the return and that of the record counted.
struct LastReturn {
  std::chrono::sys_days off_since;
  std::int64_t on = 0;
};

/// From at least `least_days_off` proven days off in a row (days that may have been on count as on). nullopt: the record knows of none, or
/// is not to be believed.
std::optional<LastReturn> last_return(const Fact<PoweredOn>& record, const Memory& memory, int least_days_off);

/// Adds the day on which this scan's PC answered, and drops what is older than 60 days.
void remember_scan_day(Memory& memory, const Device& device);

}  // namespace gokajo::compliance
