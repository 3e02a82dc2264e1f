/// \file
/// Exceptions and thresholds of one company, as people set and end them. Pure: each changes a policy, which is put into the company by
/// hub/company_change.h.
#pragma once

#include <string>

#include "compliance/policy.h"

namespace gokajo::hub {

/// Whatever departs from the pack is looked at again within so many days.
inline constexpr platform::Days kLongestDeparture{366};

/// done; or the field that cannot be so. not_known: the pack in force has no such check (or setting). twice: there is one already.
enum class PolicyChange { done, not_known, about, value, reason, owner, until, twice, gone };

/// `until`: a day ("2026-12-29") from `today` on. `about` empty: the whole check.
struct ExceptionForm {
  std::string check;
  std::string about;
  std::string reason;
  std::string owner;
  std::string until;
};
PolicyChange add_exception(compliance::Policy& policy, const compliance::Pack& pack, const ExceptionForm& form, const std::string& today);
PolicyChange end_exception(compliance::Policy& policy, const std::string& check, const std::string& about);

struct ThresholdForm {
  std::string check;
  std::string name;
  std::string value;
  std::string reason;
  std::string until;
};
/// Takes the place of an earlier one.
PolicyChange set_threshold(compliance::Policy& policy, const compliance::Pack& pack, const ThresholdForm& form, const std::string& today);
PolicyChange end_threshold(compliance::Policy& policy, const std::string& check, const std::string& name);

/// The pack's entry for a check; nullptr: it holds none.
const compliance::PackCheck* entry_of(const compliance::Pack& pack, const std::string& check);

}  // namespace gokajo::hub
