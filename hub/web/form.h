/// \file
/// What a browser sends: a form (application/x-www-form-urlencoded), the query of an address, cookies, and the languages it asks for.
/// Foreign bytes.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "compliance/text.h"
#include "platform/result.h"

namespace gokajo::hub {

inline constexpr std::size_t kFormBytes = 64U << 10U;
inline constexpr std::size_t kFormFields = 100;
inline constexpr std::size_t kFieldBytes = 4096;

/// Fields by name; of a name that comes twice the last counts. Values are valid UTF-8, line ends "\n", without blanks at either end and
/// without other control characters. A field whose name ends in "password" keeps its blanks: a password is what was typed.
using Form = std::map<std::string, std::string>;

/// Error{too_large}; Error{malformed}: a broken %-escape, no UTF-8, control characters. The detail names the field.
platform::Result<Form> read_form(std::string_view text);

/// The other way round: every byte but the unreserved ones of RFC 3986, 2.3, as %XX.
std::string escaped_for_query(std::string_view text);

/// The first of ja and en in an Accept-Language header; ja when it names neither.
compliance::Language language_of(std::string_view accept_language);

/// The value of that cookie in a Cookie header; empty: none.
std::string cookie_of(std::string_view header, std::string_view name);

}  // namespace gokajo::hub
