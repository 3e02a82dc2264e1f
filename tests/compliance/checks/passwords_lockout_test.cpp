#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {
Evidence with(std::map<std::string, Lockout> lockouts) {
  Evidence evidence;
  evidence.passwords.lockouts = fact(std::move(lockouts), "/etc/pam.d", *platform::parse_time("2026-11-22T00:00:00Z"));
  return evidence;
}
}  // namespace

TEST_CASE("every way to sign in has to lock within ten attempts") {
  CHECK(verdict_of("passwords.lockout", with({{"login", {5, "a", {}}}, {"sshd", {10, "b", {}}}})) == Verdict::pass);
  const auto many = judged("passwords.lockout", with({{"login", {5, "a", {}}}, {"sshd", {11, "b", {}}}}));
  CHECK(many.situation == "many");
  REQUIRE(many.items.size() == 1);
  CHECK(many.items[0].at("name") == Parameter{Name{"sshd"}});
  const auto none = judged("passwords.lockout", with({{"login", {std::nullopt, "", {}}}, {"sshd", {3, "b", {}}}}));
  CHECK(none.verdict == Verdict::fail);
  CHECK(none.items.at(0).at("name") == Parameter{Name{"login"}});
}

TEST_CASE("a lock that cannot be told is unknown") {
  CHECK(verdict_of("passwords.lockout", Evidence{}) == Verdict::unknown);
  CHECK(verdict_of("passwords.lockout", with({})) == Verdict::unknown);
  CHECK(verdict_of("passwords.lockout", with({{"login", {std::nullopt, "", {"pam_tally2.so"}}}})) == Verdict::unknown);
}

}  // namespace gokajo::tests
