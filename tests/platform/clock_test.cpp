#include "platform/clock.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using platform::elapsed, platform::Moment;
using namespace std::chrono_literals;

TEST_CASE("within one start of the PC the settable clock is not looked at") {
  const auto wall = *platform::parse_time("2026-11-22T00:00:00Z");
  const Moment then{wall, 100s, "a"};
  CHECK(elapsed(then, {wall + 24h * 365, 160s, "a"}) == 60s);
  CHECK(elapsed(then, {wall - 24h * 365, 160s, "a"}) == 60s);
  CHECK(elapsed(then, {wall, 40s, "a"}) == 0s);
}

TEST_CASE("across starts the settable clock counts, and one that was set back counts as no time") {
  const auto wall = *platform::parse_time("2026-11-22T00:00:00Z");
  const Moment then{wall, 100s, "a"};
  CHECK(elapsed(then, {wall + 2h, 10s, "b"}) == 2h);
  CHECK(elapsed(then, {wall - 2h, 10s, "b"}) == 0s);
  CHECK_MESSAGE(elapsed({wall, 100s, ""}, {wall + 1h, 10s, ""}) == 1h, "a start that has no name is never the same one");
}

TEST_CASE("the PC's own clocks go on") {
  const auto first = platform::system_clock().now();
  const auto second = platform::system_clock().now();
  CHECK(second.since_start >= first.since_start);
  CHECK(first.start == second.start);
}

}  // namespace gokajo::tests
