#include "platform/bytes.h"

#include <cstdint>

namespace gokajo::platform {
namespace {

// Length of the valid UTF-8 sequence at `text[at]`, 0 when there is none (RFC 3629: no overlong forms, no surrogates).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
  const auto continues = [&](std::size_t i) { return at + i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

// Letters that turn the direction of what stands around them, so that a name reads as another (Unicode Technical Report 36, 2.4; UAX 9, 2):
// U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
bool turns_direction(std::string_view sequence) {
  if (sequence == "\xD8\x9C") return true;
  if (sequence.size() != 3 || !sequence.starts_with("\xE2")) return false;
  const auto second = static_cast<unsigned char>(sequence[1]);
  const auto third = static_cast<unsigned char>(sequence[2]);
  return (second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE))) ||
         (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

bool is_control(std::string_view sequence) {
  const auto first = static_cast<std::uint8_t>(sequence[0]);
  if (sequence.size() == 1) return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
  // C1 controls U+0080..U+009F
  return sequence.size() == 2 && first == 0xC2 && static_cast<std::uint8_t>(sequence[1]) < 0xA0;
}

// U+FDD0 to U+FDEF and the last two of each plane (Unicode, 23.7), which stand for nothing: XML takes U+FFFE and U+FFFF for damage, and to
// a browser each is a fault of the page.
bool is_no_character(std::string_view sequence) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(sequence[i]); };
  if (sequence.size() == 3)
    return (sequence.starts_with("\xEF\xBF") && at(2) >= 0xBE) || (sequence.starts_with("\xEF\xB7") && at(2) >= 0x90 && at(2) <= 0xAF);
  return sequence.size() == 4 && (at(1) & 0x0F) == 0x0F && at(2) == 0xBF && at(3) >= 0xBE;
}

// How many bytes at the front are printable ASCII; most texts are nothing else.
std::size_t plain_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= ' ' && text[length] < '\x7f') ++length;
  return length;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = plain_length(text); at < text.size();) {
    const auto length = sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string printable_utf8(std::string_view text) {
  const auto plain = plain_length(text);
  std::string out(text.substr(0, plain));
  out.reserve(text.size());
  for (std::size_t at = plain; at < text.size();) {
    const auto length = sequence_length(text, at);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      ++at;
      continue;
    }
    const auto sequence = text.substr(at, length);
    if (is_control(sequence) || turns_direction(sequence) || is_no_character(sequence))
      out += ' ';
    else
      out += sequence;
    at += length;
  }
  return out;
}

}  // namespace gokajo::platform
