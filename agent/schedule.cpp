#include "agent/schedule.h"

#include <algorithm>

#include "protocol/device_key.h"

namespace gokajo::agent {

using platform::Moment, platform::Time;
using namespace std::chrono_literals;

namespace {

constexpr const char* kFormat = "gokajo-schedule/1";
constexpr std::int64_t kDay = 86400;
// Not asked for longer than this: the program was not running or the PC slept.
constexpr auto kGap = 5min;
// However the calendar stands still.
constexpr auto kPeriodOverdue = 2h;

std::int64_t floor_div(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

std::chrono::seconds length_of(const Schedule& schedule) {
  if (schedule.kind == Schedule::Kind::every) return std::chrono::hours{schedule.hours};
  return schedule.kind == Schedule::Kind::weekly ? std::chrono::hours{7 * 24} : 24h;
}

}  // namespace

std::string write_schedule_record(const ScheduleRecord& record) { return platform::to_form(record).dump() + "\n"; }

ScheduleRecord read_schedule_record(std::string_view text) {
  const auto json = platform::parse_json(text, 4096);
  ScheduleRecord record;
  if (json && platform::read_form(*json, record, platform::Place{}) && record.format == kFormat) return record;
  record = {};
  record.format = kFormat;
  return record;
}

Planner::Planner(ScheduleSettings settings, ScheduleRecord record, const Moment& now)
    : settings_(std::move(settings)), record_(std::move(record)) {
  record_.format = kFormat;
  // A PC whose clock begins at the same day at each start would else be on that day for good.
  if (record_.last_scan && record_.last_scan->start != now.start && now.wall < record_.last_scan->wall) record_.scanned_period.reset();
  for (auto* moment : {&record_.last_scan, &record_.noticed})
    if (*moment) *moment = anchored(**moment, now);
}

// A time of the device's own, the same for good.
std::chrono::seconds Planner::own_time(std::string_view what, std::chrono::seconds within) const {
  const auto hash = protocol::sha256_hex(std::string(what) + ":" + settings_.device);
  return std::chrono::seconds{
      static_cast<std::int64_t>(std::stoull(hash.substr(0, 12), nullptr, 16) % static_cast<unsigned long long>(within.count()))};
}

std::int64_t Planner::period_of(Time wall) const {
  const auto& schedule = settings_.schedule;
  const std::int64_t local = wall.time_since_epoch().count() + std::int64_t{settings_.offset_minutes} * 60;
  if (schedule.kind == Schedule::Kind::every)
    return floor_div(local - own_time("every", length_of(schedule)).count(), length_of(schedule).count());
  // 1970-01-01 was a Thursday. Half an hour of its own keeps a company's PCs from coming all at once.
  if (schedule.kind == Schedule::Kind::weekly)
    return floor_div(local - (schedule.weekday - 4) * kDay - schedule.minute * 60 - own_time("weekly", 30min).count(), 7 * kDay);
  const auto begins = settings_.small_company ? 0s : 9h + own_time("daily", 8h);
  return floor_div(local - begins.count(), kDay);
}

// In a small company's day, or after a gap: not while the PC is still busy starting.
std::chrono::seconds Planner::delay(bool late) const {
  const bool after_start = settings_.schedule.kind == Schedule::Kind::daily && settings_.small_company;
  if (after_start || (late && settings_.small_company)) return 10min + own_time("start", 30min);
  return late ? own_time("wake", 2min) : 0s;
}

// Remembers since when a scan is wanted. Another period does not begin the wait anew: a PC that is on for a few minutes a day would never
// be scanned, nor would anything wait for the hub and its user be told.
void Planner::notice(std::int64_t period, const Moment& now) {
  if (!record_.noticed) {
    delay_ = delay(!last_asked_ || platform::elapsed(*last_asked_, now) > kGap);
    record_.noticed = saved(now);
  } else if (!last_asked_) {
    delay_ = delay(true);  // begun by an earlier run
  }
  changed_ = changed_ || record_.noticed_period != period;
  record_.noticed_period = period;
}

void Planner::forget_notice() {
  changed_ = changed_ || record_.noticed;
  record_.noticed.reset();
  record_.noticed_period.reset();
}

bool Planner::due(const Moment& now) {
  const auto period = period_of(now.wall);
  bool due = false;
  if (!record_.last_scan) {
    due = true;
  } else {
    const auto since = elapsed(*record_.last_scan, now);
    const auto length = length_of(settings_.schedule);
    // Another period, not a later one: a clock set back must not keep a scan away until it has caught up.
    const bool another = record_.scanned_period != period || since >= length + kPeriodOverdue;
    const auto between = std::min<std::chrono::milliseconds>(kBetweenScans, length / 2);
    another ? notice(period, now) : forget_notice();
    due = another && elapsed(*record_.noticed, now) >= delay_ && since >= between;
    due = due || (wanted_ && since >= kBetweenWanted);
  }
  last_asked_ = now;
  return due;
}

void Planner::scan_began(const Moment& now) {
  record_.last_scan = saved(now);
  record_.scanned_period = period_of(now.wall);
  forget_notice();
  wanted_ = false;
  changed_ = true;
}

bool Planner::changed() { return std::exchange(changed_, false); }

}  // namespace gokajo::agent
