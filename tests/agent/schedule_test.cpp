#include "agent/schedule.h"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "protocol/device_key.h"

namespace gokajo::tests {

using namespace agent;
using platform::Moment, platform::Time;
using namespace std::chrono_literals;

namespace {

// A PC in simulated time: minutes pass while it is on, its clock can be set, the program restarts with the PC.
class SimulatedPc {
 public:
  SimulatedPc(ScheduleSettings settings, Time wall) : settings_(std::move(settings)) {
    now_.wall = wall;
    turn_on();
  }

  void turn_on() {
    now_.start = "start-" + std::to_string(++starts_);
    now_.since_start = 1min;
    planner_.emplace(settings_, read_schedule_record(disk_), now_);
  }
  void off_for(std::chrono::seconds time) {
    planner_.reset();
    now_.wall += time;
    turn_on();
  }
  // The program goes on where it was.
  void sleep_for(std::chrono::seconds time) { pass(time); }
  void restart_program() { planner_.emplace(settings_, read_schedule_record(disk_), now_); }
  void set_clock(Time::duration by) { now_.wall += by; }

  void run_for(std::chrono::minutes time) {
    for (auto end = now_.since_start + time; now_.since_start < end; pass(1min)) {
      if (planner_->due(now_)) {
        planner_->scan_began(now_);
        scans_.push_back(now_);
        passed_.push_back(real_);
      }
      if (planner_->changed()) disk_ = write_schedule_record(planner_->record());
    }
  }

  Time local() const { return now_.wall + std::chrono::minutes{settings_.offset_minutes}; }

  ScheduleSettings settings_;
  Moment now_;
  std::optional<Planner> planner_;
  std::vector<Moment> scans_;
  std::vector<std::chrono::seconds> passed_;  // real time of each scan, whatever the clock says
  std::string disk_;

 private:
  void pass(std::chrono::seconds time) {
    now_.wall += time;
    now_.since_start += time;
    real_ += time;
  }
  int starts_ = 0;
  std::chrono::seconds real_{0};
};

ScheduleSettings settings(const char* schedule, bool small, const std::string& device = "a device") {
  return {*read_schedule(schedule), small, 540, protocol::sha256_hex(device)};
}

const Time kMonday = *platform::parse_time("2026-11-02T00:00:00Z") - 9h;  // 0 o'clock in Japan

int minute_of_day(Time wall) {
  const auto local = wall + 9h;
  return static_cast<int>((local - std::chrono::floor<std::chrono::days>(local)) / 1min);
}

std::map<Time, int> per_day(const SimulatedPc& pc) {
  std::map<Time, int> days;
  for (const auto& scan : pc.scans_) ++days[platform::local_day(scan.wall, 540)];
  return days;
}

}  // namespace

TEST_CASE("schedules have three forms, and nothing else is one") {
  CHECK(*read_schedule("daily") == Schedule{});
  CHECK(*read_schedule("every 4h") == Schedule{Schedule::Kind::every, 4, 1, 600});
  CHECK(*read_schedule("weekly mon 10:00") == Schedule{Schedule::Kind::weekly, 24, 1, 600});
  CHECK(*read_schedule("weekly sat 23:59") == Schedule{Schedule::Kind::weekly, 24, 6, 1439});
  for (const std::string bad : {"",
                                "Daily",
                                "daily ",
                                "every h",
                                "every 0h",
                                "every 5h",
                                "every 48h",
                                "every -1h",
                                "every 4",
                                "every 4H",
                                "every 004h",
                                "weekly",
                                "weekly mon",
                                "weekly mon 24:00",
                                "weekly mon 10:60",
                                "weekly day 10:00",
                                "weekly mon 10-00",
                                "weekly mon 1:000",
                                "0 4 * * *",
                                "every 1000000000000000000h"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_schedule(bad));
  }
}

TEST_CASE("a new PC is scanned at once") {
  SimulatedPc pc(settings("weekly mon 10:00", false), kMonday + 20h);
  pc.run_for(60min);
  CHECK(pc.scans_.size() == 1);
  CHECK(pc.passed_.front() == 0s);
}

TEST_CASE("a small company's month: one scan each working day, 10 to 40 minutes after the first start-up, none on other days") {
  for (const std::string device : {"a", "b", "c", "d", "e"}) {
    CAPTURE(device);
    SimulatedPc pc(settings("daily", true, device), kMonday + 8h);
    std::set<int> delays;
    for (int day = 0; day < 28; ++day) {
      const bool works = day % 7 < 5;
      if (works) {
        const auto before = pc.scans_.size();
        const auto began = pc.now_.wall;
        pc.run_for(240min);
        pc.sleep_for(1h);  // the lid is closed over lunch
        pc.run_for(60min);
        pc.restart_program();
        pc.run_for(60min);
        pc.off_for(10min);  // started again after an update
        pc.run_for(169min);
        REQUIRE(pc.scans_.size() == before + 1);
        if (day > 0) delays.insert(static_cast<int>((pc.scans_.back().wall - began) / 1min));
      }
      pc.off_for(kMonday + (day + 1) * 24h + 8h + std::chrono::minutes{day * 7 % 50} - pc.now_.wall);
    }
    CHECK(pc.scans_.size() == 20);
    REQUIRE(delays.size() == 1);  // the device's own, the same each day
    CHECK(*delays.begin() >= 10);
    CHECK(*delays.begin() <= 40);
  }
}

TEST_CASE("a restart within the wait before the day's scan does not begin it anew") {
  SimulatedPc pc(settings("daily", true), kMonday + 8h);
  pc.run_for(60min);
  pc.off_for(23h);
  const auto scans = pc.scans_.size();
  for (int i = 0; i < 8; ++i) {
    pc.run_for(5min);
    pc.off_for(1min);
  }
  CHECK(pc.scans_.size() == scans + 1);
}

TEST_CASE("a PC that is never on for as long as that wait is scanned all the same, at least every second time") {
  for (const bool small : {true, false})
    for (const bool asleep : {true, false}) {
      CAPTURE(small);
      CAPTURE(asleep);
      SimulatedPc pc(settings("daily", small), kMonday + 8h);
      for (int day = 0; day < 20; ++day) {
        pc.run_for(1min);
        asleep ? pc.sleep_for(24h - 1min) : pc.off_for(24h - 1min);
      }
      CHECK(pc.scans_.size() >= 10);
      CHECK(pc.scans_.size() <= 20);
    }
}

TEST_CASE("a larger company's PCs each have a time of their own between 9 and 17 o'clock, every day the same") {
  std::set<int> times;
  for (int device = 0; device < 40; ++device) {
    SimulatedPc pc(settings("daily", false, std::to_string(device)), kMonday + 1h);
    pc.run_for(7 * 24 * 60min);
    REQUIRE(pc.scans_.size() == 8);  // the first at once
    const int minute = minute_of_day(pc.scans_[1].wall);
    for (std::size_t i = 1; i < pc.scans_.size(); ++i) CHECK(std::abs(minute_of_day(pc.scans_[i].wall) - minute) <= 1);
    CHECK(minute >= 9 * 60);
    CHECK(minute <= 17 * 60);
    times.insert(minute / 15);
  }
  CHECK(times.size() > 15);
}

TEST_CASE("a slot that was slept through or missed is made up for once") {
  SimulatedPc pc(settings("daily", false), kMonday + 1h);
  pc.run_for(24 * 60min);
  const auto before = pc.scans_.size();
  pc.sleep_for(5 * 24h);
  pc.run_for(12 * 60min);
  CHECK(pc.scans_.size() <= before + 2);  // the one made up for, and the day's own should it come within these hours
  CHECK(pc.scans_.size() >= before + 1);
  CHECK(pc.passed_[before] - pc.passed_[before - 1] >= 5 * 24h - 24h);
  SimulatedPc off(settings("every 4h", false), kMonday);
  off.run_for(60min);
  off.off_for(30 * 24h);
  const auto scans = off.scans_.size();
  off.run_for(59min);
  CHECK(off.scans_.size() == scans + 1);
}

TEST_CASE("every 4 hours, and weekly on its day") {
  SimulatedPc often(settings("every 4h", true), kMonday);
  often.run_for(28 * 24 * 60min);
  CHECK(often.scans_.size() >= 28 * 6);
  CHECK(often.scans_.size() <= 28 * 6 + 1);
  SimulatedPc weekly(settings("weekly wed 10:00", true), kMonday);
  weekly.run_for(28 * 24 * 60min);
  REQUIRE(weekly.scans_.size() == 5);
  for (std::size_t i = 1; i < 5; ++i) {
    const auto local = weekly.scans_[i].wall + 9h;
    CHECK(std::chrono::weekday{std::chrono::floor<std::chrono::days>(local)} == std::chrono::Wednesday);
    CHECK(minute_of_day(weekly.scans_[i].wall) >= 600);
    CHECK(minute_of_day(weekly.scans_[i].wall) <= 631);
  }
}

TEST_CASE("clocks set by a year, forth and back, bring no burst and no standstill") {
  for (const char* schedule : {"daily", "every 4h", "weekly mon 10:00"})
    for (const bool small : {true, false}) {
      CAPTURE(std::string(schedule));
      CAPTURE(small);
      SimulatedPc pc(settings(schedule, small), kMonday + 8h);
      unsigned seed = 7;
      for (int jump = 0; jump < 200; ++jump) {
        seed = seed * 1103515245U + 12345U;
        pc.run_for(std::chrono::minutes{60 + seed / 65536 % 600});
        pc.set_clock((seed / 65536 % 3 == 0 ? -1 : 1) * 24h * (1 + seed / 65536 % 366));
        if (jump % 5 == 0) pc.restart_program();
        if (jump % 7 == 0) pc.off_for(30min);
      }
      const auto length = std::string(schedule) == "every 4h" ? 4h : std::string(schedule) == "daily" ? 24h : 7 * 24h;
      // A start of the PC between two jumps may take one scan for long ago: no more than one a jump, and those apart.
      CHECK(pc.passed_.size() <= 200 + static_cast<std::size_t>(pc.passed_.back() / length) + 10);
      for (std::size_t i = 1; i < pc.passed_.size(); ++i) {
        const auto between = pc.passed_[i] - pc.passed_[i - 1];
        CHECK(between >= 10min);
        CHECK(between <= length + 3h);
      }
    }
}

TEST_CASE("a clock that goes back to 1970 at each start still lets one scan a day happen") {
  SimulatedPc pc(settings("daily", true), kMonday + 8h);
  for (int day = 0; day < 10; ++day) {
    pc.run_for(8 * 60min);
    pc.set_clock(Time{} - pc.now_.wall);
    pc.off_for(0s);
  }
  CHECK(pc.scans_.size() >= 10);
  CHECK(pc.scans_.size() <= 20);
}

TEST_CASE("a calendar that stands still, set back every hour, keeps no scan away") {
  SimulatedPc pc(settings("daily", true), kMonday + 8h);
  for (int hour = 0; hour < 10 * 24; ++hour) {
    pc.run_for(60min);
    pc.set_clock(-1h);
  }
  CHECK(pc.scans_.size() >= 9);
  CHECK(pc.scans_.size() <= 11);
}

TEST_CASE("a scan somebody asked for comes soon, at most one in ten minutes") {
  SimulatedPc pc(settings("daily", true), kMonday + 8h);
  pc.run_for(60min);
  REQUIRE(pc.scans_.size() == 2 - 1);
  for (int i = 0; i < 60; ++i) {
    pc.planner_->want();
    pc.run_for(1min);
  }
  CHECK(pc.scans_.size() == 1 + 6);
  pc.run_for(120min);
  CHECK(pc.scans_.size() <= 1 + 6 + 1);
}

TEST_CASE("a damaged record costs one scan") {
  for (const std::string text : {"", "{", "[]", "{\"format\":\"gokajo-schedule/2\"}", "null"}) {
    const auto record = read_schedule_record(text);
    CHECK_FALSE(record.last_scan);
    const Moment now{kMonday, 1min, "a"};
    Planner planner(settings("daily", true), record, now);
    CHECK(planner.due(now));
    planner.scan_began(now);
    CHECK_FALSE(planner.due(now));
    CHECK(read_schedule_record(write_schedule_record(planner.record())).last_scan);
  }
  CHECK(per_day(SimulatedPc(settings("daily", true), kMonday)).empty());
}

}  // namespace gokajo::tests
