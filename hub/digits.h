/// \file
/// Digits as people type them. Pure; any thread.
#pragma once

#include <string>

namespace gokajo::hub {

/// Full-width digits as 0 to 9; everything else as it is.
std::string with_plain_digits(const std::string& typed);

/// With plain digits, and without blanks and hyphens of any width.
std::string only_digits(const std::string& typed);

}  // namespace gokajo::hub
