#include "compliance/powered_on_days.h"

#include <algorithm>

namespace gokajo::compliance {
namespace {

using std::chrono::sys_days;

constexpr platform::Days kOne{1};
constexpr platform::Days kKept{60};

sys_days day_of(Time time) { return platform::local_day(time, platform::kJapanOffset); }

bool holds(const std::vector<Time>& days, sys_days day) { return std::find(days.begin(), days.end(), Time{day}) != days.end(); }

bool scanned_on(const Memory& memory, sys_days day) { return memory.scan_days && holds(*memory.scan_days, day); }

// A record that calls a day off on which a scan ran lacks at least one start; how many more, nobody knows.
bool contradicted(const PoweredOn& record, const Memory& memory, sys_days last) {
  if (!memory.scan_days) return false;
  return std::any_of(memory.scan_days->begin(), memory.scan_days->end(), [&](Time day) {
    const auto at = std::chrono::floor<platform::Days>(day);
    return day >= record.first_day && at <= last && !holds(record.days, at) && !holds(record.unsure, at);
  });
}

// Days off among those from `first` to `last`, if the record covers them all.
std::optional<DaysOff> days_off_among(const Fact<PoweredOn>& record, const Memory& memory, sys_days first, sys_days last) {
  if (!record || record->first_day > Time{first} || day_of(record.observed_at) < last || last - first > kKept) return std::nullopt;
  if (contradicted(*record, memory, day_of(record.observed_at))) return std::nullopt;
  DaysOff off;
  for (auto day = first; day <= last; day += kOne) {
    if (holds(record->days, day) || scanned_on(memory, day)) continue;
    ++off.possible;
    if (!holds(record->unsure, day)) ++off.proven;
  }
  return off;
}

}  // namespace

bool record_is_lost(const Fact<PoweredOn>& record) {
  return !record && record.absent != ErrorKind::not_found && record.absent != ErrorKind::unsupported &&
         record.absent != ErrorKind::not_asked;
}

std::optional<DaysOff> days_off(const Fact<PoweredOn>& record, const Memory& memory, Time since, Time now) {
  auto off = days_off_among(record, memory, day_of(since) + kOne, day_of(now) - kOne);
  if (off) off->on = std::max<std::int64_t>((day_of(now) - day_of(since)).count() - off->proven, 0);
  return off;
}

std::optional<bool> just_started_after_days_off(const Device& device, const Memory& memory, std::int64_t hours, Time now) {
  if (!device.system || !device.system->booted) return std::nullopt;
  if (now - *device.system->booted >= std::chrono::hours{hours}) return false;
  const auto before = day_of(*device.system->booted) - kOne;
  const auto off = days_off_among(device.powered_on, memory, before, before);
  if (!off) return std::nullopt;
  return off->proven == 1;
}

std::optional<LastReturn> last_return(const Fact<PoweredOn>& record, const Memory& memory, int least_days_off) {
  if (!record) return std::nullopt;
  const auto last = day_of(record.observed_at);
  const auto first = std::max(std::chrono::floor<platform::Days>(record->first_day), last - kKept);
  if (contradicted(*record, memory, last)) return std::nullopt;
  const auto off = [&](sys_days day) {
    return day != last && !holds(record->days, day) && !holds(record->unsure, day) && !scanned_on(memory, day);
  };
  std::int64_t on = 0;
  for (auto day = last; day >= first;) {
    if (!off(day)) {
      ++on;
      day -= kOne;
      continue;
    }
    const auto end = day;
    while (day >= first && off(day)) day -= kOne;
    if ((end - day).count() >= least_days_off) return LastReturn{day + kOne, on};
  }
  return std::nullopt;
}

void remember_scan_day(Memory& memory, const Device& device) {
  if (!device.system) return;
  const auto today = day_of(device.system.observed_at);
  auto days = memory.scan_days.value_or(std::vector<Time>{});
  std::erase_if(days, [&](Time day) { return day + kKept < Time{today} || day > Time{today}; });
  if (!holds(days, today)) days.push_back(Time{today});
  std::sort(days.begin(), days.end());
  memory.scan_days = std::move(days);
}

}  // namespace gokajo::compliance
