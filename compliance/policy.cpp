#include "compliance/policy.h"

#include "compliance/check.h"

namespace gokajo::compliance {
namespace {

using platform::Done, platform::misplaced, platform::Place, platform::Status;

bool in_force(platform::Time until, platform::Time now) { return now < until + platform::Days{1}; }

Status check_known(const std::string& id, const Place& place) {
  if (!find_check(id)) return misplaced(place.key("check"), "no check \"" + id + "\"");
  return Done{};
}

Status validate(const Policy& policy) {
  const Place top;
  if (policy.format != kPolicyFormat) return misplaced(top.key("format"), std::string("expected \"") + kPolicyFormat + "\"");
  for (std::size_t i = 0; i < policy.settings.size(); ++i) {
    const auto& entry = policy.settings[i];
    const Place place = top.key("settings").index(i);
    if (auto status = check_known(entry.check, place); !status) return status;
    const auto& declared = find_check(entry.check)->settings;
    const auto found = declared.find(entry.name);
    if (found == declared.end()) return misplaced(place.key("name"), "not a setting of " + entry.check);
    if (found->second.index() != entry.value.index())
      return misplaced(place.key("value"), "of another type than " + entry.check + " declares");
    if (entry.reason.empty()) return misplaced(place.key("reason"), "expected a reason");
  }
  for (std::size_t i = 0; i < policy.roles.size(); ++i) {
    const Place place = top.key("roles").index(i);
    if (auto status = check_known(policy.roles[i].check, place); !status) return status;
    if (policy.roles[i].reason.empty()) return misplaced(place.key("reason"), "expected a reason");
  }
  for (std::size_t i = 0; i < policy.exceptions.size(); ++i) {
    const Place place = top.key("exceptions").index(i);
    if (auto status = check_known(policy.exceptions[i].check, place); !status) return status;
    if (policy.exceptions[i].reason.empty()) return misplaced(place.key("reason"), "expected a reason");
  }
  return Done{};
}

PackCheck* find_entry(Pack& pack, const std::string& id) {
  const auto holds = [&](PackCheck& entry) {
    const auto ids = entry.checks();
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  for (auto& rule : pack.rules)
    for (auto& entry : rule.checks)
      if (holds(entry)) return &entry;
  for (auto& entry : pack.extras)
    if (holds(entry)) return &entry;
  return nullptr;
}

}  // namespace

platform::Result<Policy> read_policy(std::string_view text) {
  auto json = platform::parse_json(text, kMaxPackBytes);
  if (!json) return json.error();
  Policy policy;
  if (auto status = platform::read_form(*json, policy, Place{}); !status) return status.error();
  if (auto status = validate(policy); !status) return status.error();
  return policy;
}

platform::Result<Pack> effective_pack(const Pack& pack, const Policy& policy, platform::Time now) {
  Pack effective = pack;
  for (const auto& change : policy.settings) {
    if (!in_force(change.until, now)) continue;
    PackCheck* entry = find_entry(effective, change.check);
    if (!entry) return misplaced(Place{"settings"}, "the pack has no check \"" + change.check + "\"");
    if (!entry->settings) entry->settings.emplace();
    entry->settings->insert_or_assign(change.name, change.value);
  }
  for (const auto& change : policy.roles) {
    if (!in_force(change.until, now)) continue;
    PackCheck* entry = find_entry(effective, change.check);
    if (!entry) return misplaced(Place{"roles"}, "the pack has no check \"" + change.check + "\"");
    entry->role = change.role;
  }
  for (const auto& rule : effective.rules)
    if (std::none_of(rule.checks.begin(), rule.checks.end(), [](const PackCheck& c) { return c.role == Role::required; }))
      return misplaced(Place{"roles"}, "rule \"" + rule.id + "\" would be left without a required check");
  return effective;
}

const PolicyException* exception_for(const Policy& policy, std::string_view check, std::string_view about, platform::Time now) {
  for (const auto& exception : policy.exceptions)
    if (exception.check == check && (!exception.about || *exception.about == about) && in_force(exception.until, now)) return &exception;
  return nullptr;
}

}  // namespace gokajo::compliance
