/// \file
/// 自己宣言ID of SECURITY ACTION. IPA publishes no description of it; as declaring companies and advisers show it, it has eleven digits and
/// begins with 4 (until March 2026) or with 5 (the system since April 2026). No check digit is known, so that a right form says nothing of
/// whether the number was given out.
#pragma once

#include <string>

namespace gokajo::hub {

enum class DeclarationForm { none, until_march_2026, since_april_2026 };

/// What was typed, as it is kept: plain digits alone.
std::string tidy_declaration(const std::string& typed);

/// Of a tidy one.
DeclarationForm form_of_declaration(const std::string& number);

}  // namespace gokajo::hub
