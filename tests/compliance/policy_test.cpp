#include "compliance/policy.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace compliance;

namespace {

const char* const kPolicy = R"({"format": "gokajo-policy/1", "settings": [],
 "roles": [{"check": "accounts.admin-separate", "role": "required", "reason": "r", "until": "2027-03-31"}],
 "exceptions": [{"check": "accounts.admin-separate", "about": "taro", "reason": "old software", "owner": "Suzuki", "until": "2026-12-31"}]})";

std::string refusal(const std::string& from, const std::string& to) {
  std::string text = kPolicy;
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  const auto policy = read_policy(text.replace(at, from.size(), to));
  return policy ? "read" : policy.error().detail;
}

platform::Time at(const char* text) { return *platform::parse_time(text); }

}  // namespace

TEST_CASE("a malformed policy is refused with its place and what was expected") {
  REQUIRE(refusal("Suzuki", "Sato") == "read");
  struct Row {
    const char* from;
    const char* to;
    const char* expected;
  };
  const Row rows[] = {
      {"gokajo-policy/1", "gokajo-policy", "format: expected \"gokajo-policy/1\""},
      {"\"check\": \"accounts.admin-separate\", \"role\"", "\"check\": \"accounts.none\", \"role\"",
       "roles[0].check: no check \"accounts.none\""},
      {"\"reason\": \"r\"", "\"reason\": \"\"", "roles[0].reason: expected a reason"},
      {"\"reason\": \"old software\"", "\"reason\": \"\"", "exceptions[0].reason: expected a reason"},
      {"\"until\": \"2026-12-31\"", "\"until\": \"never\"", "exceptions[0].until: expected a time"},
      {"\"until\": \"2026-12-31\"", "\"until\": null", "exceptions[0].until: expected a time"},
      {", \"until\": \"2026-12-31\"", "", "exceptions[0].until: missing"},
      {"\"settings\": []",
       "\"settings\": [{\"check\": \"accounts.admin-separate\", \"name\": \"days\", \"value\": 1, \"reason\": \"r\", \"until\": "
       "\"2027-01-01\"}]",
       "settings[0].name: not a setting of accounts.admin-separate"},
      {"\"settings\": []", "\"command\": \"rm\", \"settings\": []", "command: unknown key"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    const auto detail = refusal(row.from, row.to);
    CHECK_MESSAGE(detail.find(row.expected) != std::string::npos, detail);
  }
}

TEST_CASE("a change counts to the end of its last day and then is gone by itself") {
  const auto policy = read_policy(kPolicy);
  const auto pack = built_in_pack("5kajo");
  REQUIRE(policy);
  REQUIRE(pack);
  const auto role_at = [&](const char* now) {
    const auto effective = effective_pack(*pack, *policy, at(now));
    REQUIRE_MESSAGE(effective, effective.error().detail);
    std::vector<PackCheck> entries = effective->extras;
    for (const auto& rule : effective->rules) entries.insert(entries.end(), rule.checks.begin(), rule.checks.end());
    for (const auto& entry : entries)
      if (entry.check == "accounts.admin-separate") return entry.role;
    FAIL("not in the pack");
    return Role::advice;
  };
  CHECK(role_at("2027-03-31T23:59:59Z") == Role::required);
  CHECK(role_at("2027-04-01T00:00:00Z") == Role::advice);
}

TEST_CASE("an exception covers its item until its day ends, and nothing else") {
  const auto policy = read_policy(kPolicy);
  REQUIRE(policy);
  CHECK(exception_for(*policy, "accounts.admin-separate", "taro", at("2026-12-31T23:59:59Z")));
  CHECK_FALSE(exception_for(*policy, "accounts.admin-separate", "taro", at("2027-01-01")));
  CHECK_FALSE(exception_for(*policy, "accounts.admin-separate", "hanako", at("2026-12-01")));
  CHECK_FALSE(exception_for(*policy, "accounts.admin-separate", "", at("2026-12-01")));
  CHECK_FALSE(exception_for(*policy, "updates.os-supported", "taro", at("2026-12-01")));
}

TEST_CASE("a policy cannot leave a rule without a required check") {
  auto pack = built_in_pack("5kajo");
  REQUIRE(pack);
  Policy policy{kPolicyFormat, {}, {}, {}};
  for (const auto& entry : pack->rules[0].checks)
    for (const auto& id : entry.checks()) policy.roles.push_back({id, Role::advice, "r", at("2027-01-01")});
  const auto effective = effective_pack(*pack, policy, at("2026-11-22"));
  REQUIRE_FALSE(effective);
  CHECK(effective.error().detail.find("without a required check") != std::string::npos);
}

TEST_CASE("the inventory is on until a policy says off, and nothing else can be said") {
  const auto with = [](const std::string& member) {
    return read_policy(R"({"format": "gokajo-policy/1", "settings": [], "roles": [], "exceptions": [])" + member + "}");
  };
  CHECK(wants_inventory(Policy{}));
  CHECK(wants_inventory(*with("")));
  CHECK(wants_inventory(*with(R"(, "inventory": "on")")));
  CHECK_FALSE(wants_inventory(*with(R"(, "inventory": "off")")));
  for (const char* wrong : {"\"no\"", "false", "\"OFF\"", "{}"}) {
    CAPTURE(wrong);
    const auto policy = with(std::string(", \"inventory\": ") + wrong);
    REQUIRE_FALSE(policy);
    CHECK(policy.error().detail.starts_with("inventory: "));
  }
}

}  // namespace gokajo::tests
