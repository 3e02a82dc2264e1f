#include "hub/postgres/text.h"

#include <algorithm>

#include "platform/bytes.h"

namespace gokajo::hub {
namespace {

// U+F700..U+F7FF in UTF-8: EF, 9C..9F, 80..BF.
bool is_escape(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xEF' && text[1] >= '\x9C' && text[1] <= '\x9F' && (text[2] & '\xC0') == '\x80';
}

void append_escape(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '\xEF';
  out += static_cast<char>(0x9C + (byte >> 6U));
  out += static_cast<char>(0x80 + (byte & 0x3FU));
}

// Bytes of the letter at the front, 0: none that PostgreSQL takes.
std::size_t letter_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first == 0) return 0;
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return text.size() >= length && platform::is_valid_utf8(text.substr(0, length)) ? length : 0;
}

bool has_escape(std::string_view text) {
  for (auto at = text.find('\xEF'); at != std::string_view::npos; at = text.find('\xEF', at + 1))
    if (is_escape(text.substr(at))) return true;
  return false;
}

}  // namespace

std::string to_database_text(std::string_view text) {
  if (text.find('\0') == std::string_view::npos && !has_escape(text) && platform::is_valid_utf8(text)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    const auto length = is_escape(rest) ? 0 : letter_length(rest);
    if (length == 0) append_escape(out, rest[0]);
    out += rest.substr(0, length);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::string from_database_text(std::string_view stored) {
  if (!has_escape(stored)) return std::string(stored);
  std::string out;
  for (std::size_t at = 0; at < stored.size();) {
    const auto rest = stored.substr(at);
    if (is_escape(rest)) {
      out += static_cast<char>((static_cast<unsigned char>(rest[1]) - 0x9CU) << 6U | (static_cast<unsigned char>(rest[2]) & 0x3FU));
      at += 3;
    } else {
      out += rest[0];
      ++at;
    }
  }
  return out;
}

}  // namespace gokajo::hub
