#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");

Evidence with(Tristate marked, Tristate newer_kernel, std::vector<std::string> waiting = {}, std::optional<Time> since = {}) {
  Evidence evidence;
  evidence.device.surroundings = fact(Surroundings{}, "/proc", kNow);
  evidence.updates.restart =
      fact(RestartState{marked, newer_kernel, "6.1.0-28-amd64", std::move(waiting), since}, "/run/reboot-required", kNow);
  return evidence;
}

}  // namespace

TEST_CASE("a mark or a newer kernel of the running flavour means that a restart waits, and both are named") {
  for (const auto& evidence :
       {with(Tristate::yes, Tristate::unknown, {"libc6"}), with(Tristate::unknown, Tristate::yes, {"linux-image-6.1.0-29-amd64"}),
        with(Tristate::yes, Tristate::no, {"dbus"})}) {
    const auto finding = judged("updates.restart-done", evidence, kNow);
    CHECK(finding.verdict == Verdict::fail);
    REQUIRE(finding.items.size() == 1);
  }
  const auto late = judged("updates.restart-done", with(Tristate::yes, Tristate::no, {"dbus"}, kNow - platform::Days{9}), kNow);
  CHECK(late.parameters.at("days") == Parameter{DayCount{9}});
}

TEST_CASE("no mark proves something only where something would make it") {
  CHECK(verdict_of("updates.restart-done", with(Tristate::no, Tristate::no), kNow) == Verdict::pass);
  CHECK(verdict_of("updates.restart-done", with(Tristate::unknown, Tristate::no), kNow) == Verdict::pass);  // said of the kernel alone
  CHECK(judged("updates.restart-done", with(Tristate::unknown, Tristate::no), kNow).situation == "kernel-current");
  CHECK(verdict_of("updates.restart-done", with(Tristate::no, Tristate::unknown), kNow) == Verdict::unknown);
  CHECK(verdict_of("updates.restart-done", with(Tristate::unknown, Tristate::unknown), kNow) == Verdict::unknown);
}

TEST_CASE("a container's and WSL's kernel is not this PC's to update") {
  auto evidence = with(Tristate::unknown, Tristate::unknown);
  evidence.device.surroundings->container = true;
  CHECK(verdict_of("updates.restart-done", evidence, kNow) == Verdict::not_applicable);
  evidence.device.surroundings = fact(Surroundings{.wsl = true}, "/proc", kNow);
  CHECK(verdict_of("updates.restart-done", evidence, kNow) == Verdict::not_applicable);
  CHECK(verdict_of("updates.restart-done", Evidence{}, kNow) == Verdict::unknown);
}

}  // namespace gokajo::tests
