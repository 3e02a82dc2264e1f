#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {
Evidence with(std::vector<PersonAccount> people) {
  Evidence evidence;
  evidence.extras.people = fact(std::move(people), "/etc/group", *platform::parse_time("2026-11-22T00:00:00Z"));
  return evidence;
}
}  // namespace

TEST_CASE("daily accounts that are administrators are named with the reason") {
  const auto finding =
      judged("accounts.admin-separate", with({{"tanaka", true, "group sudo"}, {"sato", true, ""}, {"old", false, "group sudo"}}));
  CHECK(finding.verdict == Verdict::fail);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"tanaka"}});
  CHECK(finding.items[0].at("by") == Parameter{Name{"group sudo"}});
}

TEST_CASE("accounts that cannot sign in do not decide about administrators") {
  CHECK(verdict_of("accounts.admin-separate", with({{"old", false, "group sudo"}})) == Verdict::not_applicable);
  CHECK(verdict_of("accounts.admin-separate", with({{"sato", true, ""}})) == Verdict::pass);
}

TEST_CASE("administrators nobody could look at are unknown") {
  CHECK(verdict_of("accounts.admin-separate", Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
