/// \file
/// Bytes from outside, which may be any bytes, and their way into text that people and JSON can take.
#pragma once

#include <string>
#include <string_view>

namespace gokajo::platform {

/// Contents of a file or a helper's output, unchanged. In JSON: text where it is valid UTF-8, else {"base64": "..."}.
struct Bytes {
  std::string data;
};

bool is_valid_utf8(std::string_view text);

/// `text` with every invalid UTF-8 sequence replaced by U+FFFD and every control character but newline and tab, and every
/// one that turns the direction of writing or is no character at all, by a space, so that nothing a PC answers can move a terminal's
/// cursor, break a document or be read as another name.
std::string printable_utf8(std::string_view text);

}  // namespace gokajo::platform
