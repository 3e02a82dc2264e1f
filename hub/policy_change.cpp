#include "hub/policy_change.h"

#include <algorithm>

#include "compliance/check.h"
#include "hub/company_change.h"
#include "hub/digits.h"
#include "hub/thresholds.h"

namespace gokajo::hub {

using compliance::PackCheck, compliance::Policy, compliance::PolicyException, compliance::PolicySetting;

namespace {

// The day as a time, where it is from today to a year from now.
std::optional<platform::Time> end_of(const std::string& typed, const std::string& today) {
  const auto day = day_in(typed);
  const auto from = platform::parse_time(today), until = platform::parse_time(day);
  if (day.empty() || !from || !until || *until < *from || *until > *from + kLongestDeparture) return std::nullopt;
  return until;
}

bool is_same(const PolicyException& one, const std::string& check, const std::string& about) {
  return one.check == check && one.about.value_or("") == about;
}

bool is_reason(const std::string& text) { return !text.empty() && is_line(text); }

}  // namespace

const PackCheck* entry_of(const compliance::Pack& pack, const std::string& check) {
  const auto in = [&](const std::vector<PackCheck>& entries) -> const PackCheck* {
    for (const auto& entry : entries)
      for (const auto& id : entry.checks())
        if (id == check) return &entry;
    return nullptr;
  };
  for (const auto& rule : pack.rules)
    if (const auto* found = in(rule.checks)) return found;
  return in(pack.extras);
}

PolicyChange add_exception(Policy& policy, const compliance::Pack& pack, const ExceptionForm& form, const std::string& today) {
  if (!entry_of(pack, form.check) || !compliance::find_check(form.check)) return PolicyChange::not_known;
  if (!is_line(form.about)) return PolicyChange::about;
  if (!is_reason(form.reason)) return PolicyChange::reason;
  if (!is_reason(form.owner)) return PolicyChange::owner;
  const auto until = end_of(form.until, today);
  if (!until) return PolicyChange::until;
  if (std::any_of(policy.exceptions.begin(), policy.exceptions.end(),
                  [&](const PolicyException& one) { return is_same(one, form.check, form.about); }))
    return PolicyChange::twice;
  policy.exceptions.push_back({form.check, form.about.empty() ? std::nullopt : std::optional(form.about), form.reason, form.owner, *until});
  return PolicyChange::done;
}

PolicyChange end_exception(Policy& policy, const std::string& check, const std::string& about) {
  return std::erase_if(policy.exceptions, [&](const PolicyException& one) { return is_same(one, check, about); }) > 0 ? PolicyChange::done
                                                                                                                      : PolicyChange::gone;
}

PolicyChange set_threshold(Policy& policy, const compliance::Pack& pack, const ThresholdForm& form, const std::string& today) {
  const auto* range = range_of(form.check, form.name);
  if (!range || !entry_of(pack, form.check)) return PolicyChange::not_known;
  const auto digits = with_plain_digits(form.value);
  if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos) return PolicyChange::value;
  const std::int64_t value = std::stoll(digits);
  if (value < range->least || value > range->most) return PolicyChange::value;
  if (!is_reason(form.reason)) return PolicyChange::reason;
  const auto until = end_of(form.until, today);
  if (!until) return PolicyChange::until;
  (void)end_threshold(policy, form.check, form.name);
  policy.settings.push_back({form.check, form.name, value, form.reason, *until});
  return PolicyChange::done;
}

PolicyChange end_threshold(Policy& policy, const std::string& check, const std::string& name) {
  const auto gone = std::erase_if(policy.settings, [&](const PolicySetting& one) { return one.check == check && one.name == name; });
  return gone > 0 ? PolicyChange::done : PolicyChange::gone;
}

}  // namespace gokajo::hub
