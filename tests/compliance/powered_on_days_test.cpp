#include "compliance/powered_on_days.h"

#include <doctest/doctest.h>

#include "compliance/judge.h"
#include "tests/support/powered_on.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Days;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");  // nine in the morning in Japan
Time ago(int days) { return kNow - Days{days}; }
Time day_ago(int days) { return Time{platform::local_day(kNow, platform::kJapanOffset)} - Days{days}; }

}  // namespace

TEST_CASE("days off between two moments: those of both moments are left out") {
  const auto off = days_off(on_but(kNow, 20, days_ago(9, 1)), {}, ago(10), kNow);
  REQUIRE(off);
  CHECK(off->proven == 9);
  CHECK(off->possible == 9);
  CHECK(off->on == 1);  // today
  CHECK(days_off(on_but(kNow, 20, days_ago(10, 0)), {}, ago(10), kNow)->proven == 9);
  const auto never = days_off(on_but(kNow, 20, {}), {}, ago(8), kNow);
  CHECK(never->proven == 0);
  CHECK(never->on == 8);
  CHECK(days_off(on_but(kNow, 20, {}), {}, kNow, kNow)->on == 0);
  CHECK(days_off(on_but(kNow, 20, {}), {}, kNow + Days{3}, kNow)->on == 0);
}

TEST_CASE("days that are not certain count as on for a pass and as off for a fail") {
  const auto off = days_off(on_but(kNow, 20, days_ago(9, 8), days_ago(7, 1)), {}, ago(10), kNow);
  CHECK(off->proven == 2);
  CHECK(off->possible == 9);
  CHECK_FALSE(off->certain());
}

TEST_CASE("the last return from days off: from enough proven ones in a row, and how many days on since") {
  const auto day = [](int ago) { return platform::local_day(kNow, platform::kJapanOffset) - Days{ago}; };
  const auto back = last_return(on_but(kNow, 30, days_ago(9, 3)), {}, 3);
  REQUIRE(back);
  CHECK(back->off_since == day(9));
  CHECK(back->on == 3);  // two days ago, yesterday, today
  CHECK(last_return(on_but(kNow, 30, days_ago(9, 1)), {}, 3)->on == 1);
  // A weekend since is no return, and its days are not days on.
  auto with_weekend = days_ago(12, 6);
  with_weekend.insert(with_weekend.end(), {3, 2});
  CHECK(last_return(on_but(kNow, 30, with_weekend), {}, 3)->off_since == day(12));
  CHECK(last_return(on_but(kNow, 30, with_weekend), {}, 3)->on == 4);
  CHECK_FALSE(last_return(on_but(kNow, 30, days_ago(2, 1)), {}, 3));
  CHECK_FALSE(last_return(on_but(kNow, 30, {}), {}, 3));
  // Days that may have been on are no days off.
  CHECK_FALSE(last_return(on_but(kNow, 30, days_ago(3, 1), {2}), {}, 3));
  CHECK_FALSE(last_return({}, {}, 3));
  CHECK_FALSE(last_return(no_fact<PoweredOn>({ErrorKind::denied, ""}, "", kNow), {}, 3));
  Memory memory;
  memory.scan_days = {day_ago(2)};
  CHECK_FALSE(last_return(on_but(kNow, 30, days_ago(9, 1)), memory, 3));  // it was on, whatever the record says
  // What lies before the record is not known.
  CHECK(last_return(on_but(kNow, 5, days_ago(5, 1)), {}, 3)->off_since == day(5));
}

TEST_CASE("a record that does not cover every day between says nothing") {
  CHECK(days_off(on_but(kNow, 9, days_ago(9, 1)), {}, ago(10), kNow));  // the day of the moment itself need not be covered
  CHECK_FALSE(days_off(on_but(kNow, 8, days_ago(8, 1)), {}, ago(10), kNow));
  CHECK_FALSE(days_off({}, {}, ago(10), kNow));
  CHECK_FALSE(days_off(no_fact<PoweredOn>({ErrorKind::denied, ""}, "", kNow), {}, ago(10), kNow));
  // Judged again later, by the hub: of the days since, nobody knows.
  CHECK(days_off(on_but(kNow, 20, days_ago(9, 1)), {}, ago(10), kNow + Days{1}));
  CHECK_FALSE(days_off(on_but(kNow, 20, days_ago(9, 1)), {}, ago(10), kNow + Days{2}));
  CHECK_FALSE(days_off(on_but(kNow, 3000, {}), {}, ago(2000), kNow));
}

TEST_CASE("a day on which a scan ran was on, and a record that denies it is not believed at all") {
  Memory memory;
  memory.scan_days = {day_ago(5)};
  const auto open = days_off(on_but(kNow, 20, days_ago(9, 6), days_ago(5, 1)), memory, ago(10), kNow);
  REQUIRE(open);
  CHECK(open->possible == 8);
  CHECK_FALSE(days_off(on_but(kNow, 20, days_ago(9, 1)), memory, ago(10), kNow));
  CHECK_FALSE(days_off(on_but(kNow, 20, {5}), memory, ago(3), kNow));  // outside the stretch, and still a hole
  CHECK(days_off(on_but(kNow, 4, {3}), memory, ago(4), kNow));         // the record does not speak of that day
}

TEST_CASE("a start counts as after days off only when the whole day before was") {
  Device device;
  device.system = fact(System{}, "", kNow);
  device.system->booted = kNow - std::chrono::minutes{30};
  device.powered_on = on_but(kNow, 20, days_ago(9, 1));
  CHECK(just_started_after_days_off(device, {}, 2, kNow) == true);
  CHECK(just_started_after_days_off(device, {}, 2, kNow + std::chrono::hours{2}) == false);
  device.powered_on = on_but(kNow, 20, days_ago(9, 2));
  CHECK(just_started_after_days_off(device, {}, 2, kNow) == false);
  device.powered_on = on_but(kNow, 20, days_ago(9, 2), {1});
  CHECK(just_started_after_days_off(device, {}, 2, kNow) == false);
  device.powered_on = on_but(kNow, 0, {});
  CHECK_FALSE(just_started_after_days_off(device, {}, 2, kNow));
  CHECK_FALSE(just_started_after_days_off({}, {}, 2, kNow));
}

TEST_CASE("memory keeps the days of scans, each once, for sixty days, and no clock time") {
  Evidence evidence;
  Memory memory = remember({}, evidence, {}, kNow);
  CHECK_FALSE(memory.scan_days);  // nobody answered
  evidence.device.system = fact(System{}, "", ago(61));
  memory = remember(memory, evidence, {}, kNow);
  evidence.device.system->booted = kNow;
  evidence.device.system.observed_at = ago(60);
  memory = remember(memory, evidence, {}, kNow);
  evidence.device.system.observed_at = kNow;
  memory = remember(remember(memory, evidence, {}, kNow), evidence, {}, kNow);
  REQUIRE(memory.scan_days);
  CHECK(*memory.scan_days == std::vector{day_ago(60), day_ago(0)});
  const auto json = write_memory(memory);
  CHECK(read_memory(json)->scan_days == memory.scan_days);
  for (const auto& day : json["scan_days"]) CHECK(day.get<std::string>().ends_with("T00:00:00Z"));
  auto of_before = json;
  of_before.erase("scan_days");
  CHECK(read_memory(of_before));
}

}  // namespace gokajo::tests
