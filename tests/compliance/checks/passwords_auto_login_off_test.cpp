#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

TEST_CASE("an account that is signed in at power-on is named") {
  Evidence evidence;
  evidence.passwords.auto_logins = fact(std::vector<AutoLogin>{{"yamada", "LightDM", "/etc/lightdm/lightdm.conf:3"}}, "/etc/lightdm",
                                        *platform::parse_time("2026-11-22T00:00:00Z"));
  const auto finding = judged("passwords.auto-login-off", evidence);
  CHECK(finding.verdict == Verdict::fail);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"yamada"}});
  CHECK(finding.items[0].at("where") == Parameter{Name{"/etc/lightdm/lightdm.conf:3"}});
  evidence.passwords.auto_logins = fact(std::vector<AutoLogin>{}, "/etc/lightdm", *platform::parse_time("2026-11-22T00:00:00Z"));
  CHECK(verdict_of("passwords.auto-login-off", evidence) == Verdict::pass);
}

TEST_CASE("automatic sign-in nobody could look at is unknown") {
  CHECK(verdict_of("passwords.auto-login-off", Evidence{}) == Verdict::unknown);
  Evidence evidence;
  evidence.passwords.auto_logins = no_fact<std::vector<AutoLogin>>({ErrorKind::denied, ""}, "/etc/lightdm", {});
  CHECK(judged("passwords.auto-login-off", evidence).absence->reason == ErrorKind::denied);
}

}  // namespace gokajo::tests
