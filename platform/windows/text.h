/// \file
/// Text at the border to Windows: UTF-8 inside, UTF-16 outside. Code pages never come into it.
#pragma once

#include <string>
#include <string_view>

namespace gokajo::platform {

/// Invalid UTF-8 becomes U+FFFD.
std::wstring wide(std::string_view utf8);

/// What is no valid UTF-16 (lone surrogates, which file and registry names may hold) becomes U+FFFD.
std::string utf8(std::wstring_view utf16);

/// `path` for the W functions: as it is, or with \\?\ before it when it is absolute and too long for them.
std::wstring wide_path(std::string_view utf8);

}  // namespace gokajo::platform
