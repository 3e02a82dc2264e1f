/// \file
/// Users and passwords in addresses ("https://taro:secret@host/"): programs repeat them in their messages, apt's complaints about its
/// sources among them.
#pragma once

#include <string>
#include <string_view>

namespace gokajo::platform {

/// `text` without what stands between "//" and the last "@" before the next "/", blank, quote or end of line.
std::string without_credentials(std::string_view text);

}  // namespace gokajo::platform
