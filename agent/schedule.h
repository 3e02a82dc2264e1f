/// \file
/// When to scan. Pure: told the time, it says whether now is the time. A scan that was missed is made up for once; a clock that is set to
/// another year brings one scan and never keeps one away.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/waiting.h"
#include "protocol/schedule.h"

namespace gokajo::agent {

using protocol::Schedule, protocol::read_schedule;

/// `small_company`: the day's scan follows the day's first start-up by 10 to 40 minutes; else it has a time of the day between 9 and 17
/// o'clock, its own for each device. `device`: its id, from which its own times are drawn for good.
struct ScheduleSettings {
  Schedule schedule;
  bool small_company = true;
  int offset_minutes = platform::kJapanOffset;
  std::string device;
};

/// What is kept on the disk. `period`: number of the day (or week, or part of the day) that `noticed` and `scanned` speak of. `noticed`:
/// when it was first seen that a scan is wanted, in this period or one that was missed whole. `last_scan`: when the last one began.
struct ScheduleRecord {
  std::string format;
  std::optional<SavedMoment> last_scan;
  std::optional<std::int64_t> scanned_period;
  std::optional<SavedMoment> noticed;
  std::optional<std::int64_t> noticed_period;
};
BOOST_DESCRIBE_STRUCT(ScheduleRecord, (), (format, last_scan, scanned_period, noticed, noticed_period))

std::string write_schedule_record(const ScheduleRecord& record);
/// What is not one is an empty one: a scan is due then.
ScheduleRecord read_schedule_record(std::string_view text);

/// At most one scan somebody asked for in this time; the schedule's own keep a greater distance.
inline constexpr std::chrono::minutes kBetweenWanted{10};
inline constexpr std::chrono::minutes kBetweenScans{60};

/// Not thread-safe.
class Planner {
 public:
  /// `record`: of an earlier run; an empty one wants a scan at once.
  Planner(ScheduleSettings settings, ScheduleRecord record, const platform::Moment& now);

  void change(ScheduleSettings settings) { settings_ = std::move(settings); }

  /// Whether to scan now. Called about once a minute, and after each sleep.
  bool due(const platform::Moment& now);
  /// Somebody at the hub, or the hub itself, wants a scan soon.
  void want() { wanted_ = true; }
  void scan_began(const platform::Moment& now);

  const ScheduleRecord& record() const { return record_; }
  /// Whether record() is another than when this was last asked: then it is to be written.
  bool changed();

 private:
  std::int64_t period_of(platform::Time wall) const;
  std::chrono::seconds own_time(std::string_view what, std::chrono::seconds within) const;
  std::chrono::seconds delay(bool late) const;
  void notice(std::int64_t period, const platform::Moment& now);
  void forget_notice();

  ScheduleSettings settings_;
  ScheduleRecord record_;
  std::optional<platform::Moment> last_asked_;
  std::chrono::seconds delay_{0};
  bool wanted_ = false;
  bool changed_ = false;
};

}  // namespace gokajo::agent
