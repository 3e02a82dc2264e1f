/// \file
/// What the pages of exceptions and thresholds have in common.
#pragma once

#include <string>

#include "hub/company_book.h"
#include "hub/policy_change.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

/// The company with this policy, all its PCs judged by it. `fits` false: it does not fit the pack, and nothing was changed.
struct KeptPolicy {
  bool fits = true;
};
platform::Result<KeptPolicy> keep_policy(Visit& visit, const compliance::Policy& policy);

/// The company's pack without its policy.
platform::Result<compliance::Pack> pack_alone(const Visit& visit);

/// The company's day as "2026-12-29".
std::string today_of(const Visit& visit);
/// The same a year later, and a policy's day in words.
std::string farthest_day(const Visit& visit);
std::string last_day(const Visit& visit, Time until);

/// What a check is called.
std::string check_name(const std::string& check, compliance::Language language);

}  // namespace gokajo::hub
