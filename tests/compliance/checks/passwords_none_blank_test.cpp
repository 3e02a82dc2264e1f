#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {
Evidence with(std::vector<OpenAccount> accounts) {
  Evidence evidence;
  evidence.passwords.open_accounts = fact(std::move(accounts), "/etc/shadow", *platform::parse_time("2026-11-22T00:00:00Z"));
  return evidence;
}
}  // namespace

TEST_CASE("an account that is let in without a password is named with the services that do so") {
  const auto blank = judged("passwords.none-blank", with({{"suzuki", true, true, {"login"}}}));
  CHECK(blank.verdict == Verdict::fail);
  CHECK(blank.situation == "blank");
  REQUIRE(blank.items.size() == 1);
  CHECK(blank.items[0].at("name") == Parameter{Name{"suzuki"}});
  CHECK(blank.items[0].at("services") == Parameter{List{{"login"}}});
  CHECK(judged("passwords.none-blank", with({{"suzuki", false, true, {"lightdm"}}})).situation == "let-in");
}

TEST_CASE("a blank field that is only perhaps admitted is asked about, none at all passes") {
  CHECK(verdict_of("passwords.none-blank", with({{"suzuki", true, false, {"login"}}})) == Verdict::ask);
  CHECK(verdict_of("passwords.none-blank", with({})) == Verdict::pass);
}

TEST_CASE("password fields nobody could read are unknown, with the reason") {
  CHECK(verdict_of("passwords.none-blank", Evidence{}) == Verdict::unknown);
  Evidence evidence;
  evidence.passwords.open_accounts = no_fact<std::vector<OpenAccount>>({ErrorKind::denied, ""}, "/etc/shadow", {});
  CHECK(judged("passwords.none-blank", evidence).absence->reason == ErrorKind::denied);
}

}  // namespace gokajo::tests
