/// \file
/// What packs and briefings keep to so that they may travel from a hub to a PC: ids that are safe as a file's name, versions that can be
/// compared, texts that cannot drive a terminal.
#pragma once

#include <string_view>

#include "platform/json_form.h"

namespace gokajo::compliance {

inline constexpr std::size_t kMaxIdLength = 64;

/// 1 to 64 of a-z, 0-9 and "-", the first no "-".
bool is_data_id(std::string_view id);

/// "2026.11.1": one to four whole numbers of at most 9 digits, without leading zeros.
bool is_data_version(std::string_view version);

/// Whether `one` is a later version than `other`, number by number; a missing number is before any. False where either is no version.
bool is_later_version(std::string_view one, std::string_view other);

/// Error{malformed} with the place of a text or key that holds a control character other than newline and tab, or one that turns the
/// direction of writing (UAX #9).
platform::Status only_plain_texts(const platform::Json& json, const platform::Place& place);

}  // namespace gokajo::compliance
