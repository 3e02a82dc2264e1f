/// \file
/// 確認番号: a mail that nobody reads looks like one that is read. The owner's mail carries four digits, the person in charge types them
/// in, and until then everything says 「社長に届いたか未確認」 (people.md section 1.3).
#pragma once

#include <string>

#include "hub/store.h"

namespace gokajo::hub {

inline constexpr int kWrongNumbers = 5;                      ///< of one company …
inline constexpr std::chrono::hours kWrongNumbersWithin{1};  ///< … within this time

/// The four digits. Always the same for one company and one address: with another address it is another number, for the old one proves
/// nothing of it.
std::string confirmation_of(const Company& company);

/// The digits a person typed, full-width ones too, blanks around them left out; empty where these are not four digits.
std::string digits_of(const std::string& typed);

/// no_address: the company has no owner's mail, so nothing can have arrived. too_many: kWrongNumbers were wrong lately; whatever was typed
/// is not looked at.
enum class Confirmation { confirmed, wrong, too_many, no_address };

/// Takes a number (digits_of()) inside a transaction of the store, which must be committed whatever the answer: wrong ones are counted
/// there, in the log of changes. Errors: those of the store; not_found: no such company.
platform::Result<Confirmation> confirm_owner(Store& store, const std::string& tenant, const std::string& number, Time now);

}  // namespace gokajo::hub
