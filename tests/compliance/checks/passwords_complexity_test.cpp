#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {
Evidence with(std::map<std::string, PasswordRule> rules, std::vector<std::string> elsewhere = {}) {
  const auto now = *platform::parse_time("2026-11-22T00:00:00Z");
  Evidence evidence;
  evidence.passwords.rules = fact(std::move(rules), "/etc/pam.d", now);
  evidence.passwords.elsewhere = fact(std::move(elsewhere), "/etc/nsswitch.conf", now);
  return evidence;
}
}  // namespace

TEST_CASE("three kinds of characters or refused words will do, at every service") {
  CHECK(verdict_of("passwords.complexity", with({{"passwd", {8, true, "", 3, false, {}}}})) == Verdict::pass);
  CHECK(verdict_of("passwords.complexity", with({{"passwd", {8, true, "", 0, true, {}}}})) == Verdict::pass);
  CHECK(verdict_of("passwords.complexity", with({{"passwd", {6, false, "", 2, false, {}}}})) == Verdict::fail);
  CHECK(verdict_of("passwords.complexity", with({{"passwd", {8, true, "", 4, true, {}}}, {"sshd", {6, false, "", 0, false, {}}}})) ==
        Verdict::fail);
}

TEST_CASE("kinds of characters that cannot be told are unknown") {
  CHECK(verdict_of("passwords.complexity", Evidence{}) == Verdict::unknown);
  CHECK(verdict_of("passwords.complexity", with({{"passwd", {8, true, "", 0, false, {"pam_office.so"}}}})) == Verdict::unknown);
  CHECK(verdict_of("passwords.complexity", with({{"passwd", {std::nullopt, false, "", 0, false, {}}}})) == Verdict::unknown);
  CHECK(verdict_of("passwords.complexity", with({{"passwd", {8, true, "", 4, true, {}}}}, {"winbind"})) == Verdict::unknown);
}

}  // namespace gokajo::tests
