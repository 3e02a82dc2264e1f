#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");

Evidence with(std::vector<std::string> desktops, std::map<std::string, Fact<ScreenLock>> locks) {
  Evidence evidence;
  evidence.passwords.desktops = fact(std::move(desktops), "/usr/share/xsessions", kNow);
  evidence.passwords.screen_locks = std::move(locks);
  return evidence;
}

Fact<ScreenLock> lock(bool locks, std::optional<std::int64_t> seconds) {
  return fact(ScreenLock{"yamada", "gnome", locks, seconds, "/home/yamada/.config/dconf/user"}, "dconf", kNow);
}

}  // namespace

TEST_CASE("a screen locks within fifteen minutes or is named") {
  struct Row {
    Fact<ScreenLock> seen;
    Verdict expected;
    const char* situation;
  };
  const Row rows[] = {{lock(true, 300), Verdict::pass, "locks"},
                      {lock(true, 900), Verdict::pass, "locks"},
                      {lock(true, 901), Verdict::fail, "late"},
                      {lock(true, std::nullopt), Verdict::fail, "never"},
                      {lock(false, 300), Verdict::fail, "never"}};
  for (const auto& row : rows) {
    const auto finding = judged("passwords.screen-lock", with({"gnome"}, {{"1000", row.seen}}));
    CHECK(finding.verdict == row.expected);
    CHECK(finding.situation == row.situation);
  }
}

TEST_CASE("a PC without a desktop has no screen to lock") {
  const auto finding = judged("passwords.screen-lock", with({}, {}));
  CHECK(finding.verdict == Verdict::not_applicable);
  CHECK(finding.situation == "no-desktop");
}

TEST_CASE("one person nobody could look at keeps the others from passing, not from failing") {
  const auto unseen = no_fact<ScreenLock>({ErrorKind::denied, ""}, "/home/sato/.config/dconf/user", kNow);
  CHECK(verdict_of("passwords.screen-lock", with({"gnome"}, {{"1000", lock(true, 300)}, {"1001", unseen}})) == Verdict::unknown);
  CHECK(verdict_of("passwords.screen-lock", with({"gnome"}, {{"1000", lock(false, 300)}, {"1001", unseen}})) == Verdict::fail);
  CHECK(verdict_of("passwords.screen-lock", with({"gnome"}, {})) == Verdict::unknown);
  CHECK(verdict_of("passwords.screen-lock", Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
