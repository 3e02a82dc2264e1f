/// \file
/// What one company changed in its rule pack, each change with its reason and its end. Form: docs/schema/policy.schema.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/pack.h"

namespace gokajo::compliance {

struct PolicySetting {
  std::string check;
  std::string name;
  Setting value;
  std::string reason;
  platform::Time until{};
};
BOOST_DESCRIBE_STRUCT(PolicySetting, (), (check, name, value, reason, until))

struct PolicyRole {
  std::string check;
  Role role = Role::advice;
  std::string reason;
  platform::Time until{};
};
BOOST_DESCRIBE_STRUCT(PolicyRole, (), (check, role, reason, until))

/// A known and accepted failure. Its verdict stays what it is; it is marked 例外 until the end of `until`, never shown as 適合.
/// `about`: one item's name, or absent for the whole check.
struct PolicyException {
  std::string check;
  std::optional<std::string> about;
  std::string reason;
  std::string owner;
  platform::Time until{};
};
BOOST_DESCRIBE_STRUCT(PolicyException, (), (check, about, reason, owner, until))

/// Whether a part that a company may do without is collected.
enum class Collecting { on, off };
BOOST_DESCRIBE_ENUM(Collecting, on, off)

/// `inventory`: absent is on. `off` needs no reason and has no end: what people were told is not collected does not come back by itself.
struct Policy {
  std::string format;
  std::vector<PolicySetting> settings;
  std::vector<PolicyRole> roles;
  std::vector<PolicyException> exceptions;
  std::optional<Collecting> inventory;
};
BOOST_DESCRIBE_STRUCT(Policy, (), (format, settings, roles, exceptions, inventory))

inline bool wants_inventory(const Policy& policy) { return policy.inventory != Collecting::off; }

inline constexpr const char* kPolicyFormat = "gokajo-policy/1";

/// Refused with place and expectation: another format, an unknown check or setting, an empty reason.
platform::Result<Policy> read_policy(std::string_view text);

/// The pack with every change that has not ended by `now`. An error names a check the pack does not hold, or a rule that would be left
/// without a required check.
platform::Result<Pack> effective_pack(const Pack& pack, const Policy& policy, platform::Time now);

/// The exception that covers this check (and item), or nullptr.
const PolicyException* exception_for(const Policy& policy, std::string_view check, std::string_view about, platform::Time now);

}  // namespace gokajo::compliance
