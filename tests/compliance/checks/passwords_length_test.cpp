#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");

PasswordRule rule(std::optional<std::int64_t> shortest, bool set, std::vector<std::string> unknown_modules = {}) {
  return {shortest, set, "/etc/pam.d/common-password:25 pam_unix.so", 0, false, std::move(unknown_modules)};
}

Evidence with(std::map<std::string, PasswordRule> rules, std::vector<std::string> elsewhere = {}) {
  Evidence evidence;
  evidence.passwords.rules = fact(std::move(rules), "/etc/pam.d", kNow);
  evidence.passwords.elsewhere = fact(std::move(elsewhere), "/etc/nsswitch.conf", kNow);
  return evidence;
}

Evidence answered(Evidence evidence, const std::string& answer) {
  evidence.declarations.push_back(
      {"passwords", "", answer, "tanaka", *platform::parse_time("2026-10-01T00:00:00Z"), *platform::parse_time("2027-10-01T00:00:00Z")});
  return evidence;
}

}  // namespace

TEST_CASE("a rule of ten characters passes, one of nine fails, and a built-in minimum is no rule") {
  struct Row {
    PasswordRule demand;
    Verdict expected;
    const char* situation;
  };
  const Row rows[] = {
      {rule(10, true), Verdict::pass, "long-enough"},
      {rule(14, true), Verdict::pass, "long-enough"},
      {rule(9, true), Verdict::fail, "short"},
      {rule(1, true), Verdict::fail, "short"},
      {rule(6, false), Verdict::ask, "no-rule"},
      {rule(1, false), Verdict::ask, "no-rule"},
      {rule(8, true, {"pam_office.so"}), Verdict::unknown, "other-modules"},
      {rule(12, true, {"pam_office.so"}), Verdict::pass, "long-enough"},  // whatever it adds, it can only ask for more
      {rule(std::nullopt, false), Verdict::unknown, "nobody-changes"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.situation);
    const auto finding = judged("passwords.length", with({{"passwd", row.demand}}));
    CHECK(finding.verdict == row.expected);
    CHECK(finding.situation == row.situation);
  }
}

TEST_CASE("the weakest service decides and is named") {
  const auto finding = judged("passwords.length", with({{"passwd", rule(12, true)}, {"sshd", rule(8, true)}}));
  CHECK(finding.verdict == Verdict::fail);
  CHECK(finding.parameters.at("service") == Parameter{Name{"sshd"}});
  CHECK(finding.parameters.at("length") == Parameter{Count{8}});
  CHECK(judged("passwords.length", with({{"passwd", rule(12, true)}, {"login", rule(6, false)}})).situation == "not-everywhere");
}

TEST_CASE("where the PC has no rule, the company's answer decides and is marked as declared") {
  const auto none = with({{"passwd", rule(6, false)}});
  CHECK(judged("passwords.length", answered(none, "yes")).verdict == Verdict::pass);
  CHECK(judged("passwords.length", answered(none, "yes")).declared);
  CHECK(judged("passwords.length", answered(none, "no")).verdict == Verdict::fail);
  CHECK(judged("passwords.length", answered(none, "unsure")).verdict == Verdict::ask);
  CHECK(judged("passwords.length", answered(none, "yes"), *platform::parse_time("2027-12-01T00:00:00Z")).verdict == Verdict::ask);
  // What the PC shows outweighs what a person says.
  CHECK(judged("passwords.length", answered(with({{"passwd", rule(8, true)}}), "yes")).verdict == Verdict::fail);
}

TEST_CASE("accounts kept elsewhere are not judged by this PC's rule") {
  const auto finding = judged("passwords.length", with({{"passwd", rule(14, true)}}, {"sssd: office.example"}));
  CHECK(finding.verdict == Verdict::unknown);
  CHECK(finding.items.at(0).at("name") == Parameter{Name{"sssd: office.example"}});
  CHECK(judged("passwords.length", answered(with({{"passwd", rule(8, true)}}, {"winbind"}), "yes")).verdict == Verdict::pass);
}

TEST_CASE("a rule nobody could read is unknown") {
  CHECK(verdict_of("passwords.length", Evidence{}) == Verdict::unknown);
  auto evidence = with({{"passwd", rule(8, true)}});
  evidence.passwords.elsewhere = no_fact<std::vector<std::string>>({ErrorKind::denied, ""}, "/etc/sssd/sssd.conf", kNow);
  CHECK(verdict_of("passwords.length", evidence) == Verdict::unknown);
  evidence.passwords.rules = no_fact<std::map<std::string, PasswordRule>>({ErrorKind::denied, ""}, "/etc/pam.d", kNow);
  CHECK(judged("passwords.length", evidence).absence->reason == ErrorKind::denied);
}

TEST_CASE("★3 of SCS takes eight characters where every way to sign in locks by the tenth wrong try, and ten elsewhere") {
  const Settings star_three{{"eight_with_lockout", true}};
  const auto with_locks = [](std::int64_t length, std::map<std::string, Lockout> lockouts) {
    auto evidence = with({{"passwd", rule(length, true)}});
    evidence.passwords.lockouts = fact(std::move(lockouts), "/etc/pam.d", kNow);
    return evidence;
  };
  const auto found = [&](const Evidence& evidence, const Settings& settings) {
    return judged("passwords.length", evidence, kNow, {}, settings).verdict;
  };
  struct Row {
    std::int64_t length;
    std::map<std::string, Lockout> lockouts;
    Verdict expected;
  };
  const Row rows[] = {
      {8, {{"login", {10, "a", {}}}}, Verdict::pass},
      {7, {{"login", {10, "a", {}}}}, Verdict::fail},
      {8, {{"login", {11, "a", {}}}}, Verdict::fail},
      {8, {{"login", {0, "a", {}}}}, Verdict::fail},  // never locks
      {8, {{"login", {5, "a", {}}}, {"sshd", {std::nullopt, "", {}}}}, Verdict::fail},
      {8, {}, Verdict::fail},
      {10, {}, Verdict::pass},
  };
  for (const auto& row : rows) {
    CAPTURE(row.length);
    CHECK(found(with_locks(row.length, row.lockouts), star_three) == row.expected);
  }
  // A lock that was not measured makes up for nothing, the five rules ask for ten, and a company that wants more gets it.
  CHECK(found(with({{"passwd", rule(8, true)}}), star_three) == Verdict::fail);
  CHECK(found(with_locks(8, {{"login", {5, "a", {}}}}), {}) == Verdict::fail);
  CHECK(found(with_locks(10, {{"login", {5, "a", {}}}}), {{"eight_with_lockout", true}, {"min_length", std::int64_t{14}}}) ==
        Verdict::fail);
}

}  // namespace gokajo::tests
