#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

TEST_CASE("a program that lets guests in is named") {
  Evidence evidence;
  evidence.passwords.guests = fact(std::vector<GuestSession>{{"LightDM", "/etc/lightdm/lightdm.conf:3"}}, "/etc/lightdm",
                                   *platform::parse_time("2026-11-22T00:00:00Z"));
  const auto finding = judged("passwords.guest-off", evidence);
  CHECK(finding.verdict == Verdict::fail);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"LightDM"}});
  CHECK(finding.items[0].at("where") == Parameter{Name{"/etc/lightdm/lightdm.conf:3"}});
  evidence.passwords.guests = fact(std::vector<GuestSession>{}, "/etc/lightdm", *platform::parse_time("2026-11-22T00:00:00Z"));
  CHECK(verdict_of("passwords.guest-off", evidence) == Verdict::pass);
}

TEST_CASE("guests nobody could look at are unknown") {
  CHECK(verdict_of("passwords.guest-off", Evidence{}) == Verdict::unknown);
  Evidence evidence;
  evidence.passwords.guests = no_fact<std::vector<GuestSession>>({ErrorKind::denied, ""}, "/etc/lightdm", {});
  CHECK(judged("passwords.guest-off", evidence).absence->reason == ErrorKind::denied);
}

}  // namespace gokajo::tests
