/// \file
/// Shift_JIS as Japanese Windows writes it (code page 932), for texts of others that are still written so.
#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

/// As UTF-8. Error{malformed} names the byte that begins no character; Error{failed}: this system has no such table.
Result<std::string> utf8_of_shift_jis(std::string_view text);

}  // namespace gokajo::platform
