#include "compliance/layout.h"

#include <unilbrk.h>
#include <uniwidth.h>

#include <algorithm>
#include <cstdint>

#include "platform/bytes.h"

namespace gokajo::compliance {
namespace {

// Tells libunistring that ambiguous characters take two columns.
constexpr const char* kJapaneseTerminal = "EUC-JP";

struct Character {
  std::string_view bytes;
  char32_t code = 0;
  int width = 0;
  bool may_begin_line = false;
  bool must_begin_line = false;
};

// uint8_t without std: libunistring brings one of its own for systems that it takes to lack it.
const uint8_t* units(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

char32_t decode(std::string_view bytes) {
  if (bytes.size() == 1) return static_cast<unsigned char>(bytes[0]);
  char32_t code = static_cast<unsigned char>(bytes[0]) & (0xFFU >> (bytes.size() + 1));
  for (std::size_t i = 1; i < bytes.size(); ++i) code = (code << 6U) | (static_cast<unsigned char>(bytes[i]) & 0x3FU);
  return code;
}

// 行頭禁則 of JIS X 4051 where UAX #14 leaves the choice to the text (class CJ): small kana and the long-vowel mark.
bool keeps_from_head(char32_t code) {
  static constexpr std::u32string_view kMarks = U"ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々";
  return kMarks.find(code) != std::u32string_view::npos;
}

bool is_word(char32_t code) { return code > U' ' && code < 0x7F; }

// `text` is valid UTF-8.
std::vector<Character> characters_of(const std::string& text) {
  std::vector<char> breaks(text.size());
  u8_possible_linebreaks(units(text), text.size(), kJapaneseTerminal, breaks.data());
  std::vector<Character> characters;
  bool after_newline = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80U) ++length;
    const std::string_view bytes(text.data() + at, length);
    at += length;
    if (bytes == "\n") {
      after_newline = true;
      continue;
    }
    const char32_t code = decode(bytes);
    // A name of the PC's (a package, a path, a check) is not broken at its hyphens and dots.
    const bool in_word = !characters.empty() && !after_newline && is_word(characters.back().code) && is_word(code);
    characters.push_back({bytes, code, std::max(0, uc_width(code, kJapaneseTerminal)),
                          breaks[at - length] == UC_BREAK_POSSIBLE && !in_word && !keeps_from_head(code), after_newline});
    after_newline = false;
  }
  return characters;
}

bool is_hiragana(char32_t code) { return code >= 0x3041 && code <= 0x309F; }
bool is_space(char32_t code) { return code == U' ' || code == 0x3000; }

bool closes(char32_t code) {
  static constexpr std::u32string_view kMarks = U"、。，．）」』】・：；,.;:)]";
  return kMarks.find(code) != std::u32string_view::npos;
}

bool ends_phrase(const Character& before, const Character& next) {
  if (is_space(before.code)) return true;
  return (is_hiragana(before.code) || closes(before.code)) && !is_hiragana(next.code);
}

std::string text_of(const std::vector<Character>& characters, std::size_t from, std::size_t to) {
  while (to > from && is_space(characters[to - 1].code)) --to;
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += characters[i].bytes;
  return text;
}

// Where to cut a word longer than a line: after a hyphen, dot or slash, else where the line is full, taking along what may not begin a
// line.
std::size_t cut(const std::vector<Character>& characters, std::size_t from, std::size_t full) {
  static constexpr std::u32string_view kJoints = U"-./_";
  for (std::size_t at = full; at > from + 1; --at)
    if (kJoints.find(characters[at - 1].code) != std::u32string_view::npos && !closes(characters[at].code)) return at;
  while (full > from + 1 && (closes(characters[full].code) || keeps_from_head(characters[full].code))) --full;
  return full;
}

// Where the line that begins at `from` ends: the index of the next line's first character.
std::size_t line_end(const std::vector<Character>& characters, std::size_t from, int room, int columns, bool whole_line) {
  int width = 0;
  int phrase_width = 0;
  std::size_t phrase = 0;
  std::size_t anywhere = 0;
  std::size_t i = from;
  for (; i < characters.size(); ++i) {
    if (i > from && characters[i].must_begin_line) return i;
    if (i > from && characters[i].may_begin_line) {
      anywhere = i;
      if (ends_phrase(characters[i - 1], characters[i])) {
        phrase = i;
        phrase_width = width;
      }
    }
    if (width + characters[i].width > room && !is_space(characters[i].code)) break;
    width += characters[i].width;
  }
  if (i == characters.size()) return i;
  if (phrase != 0 && room - phrase_width <= columns / 4) return phrase;
  if (anywhere != 0) return anywhere;
  return whole_line ? cut(characters, from, std::max(i, from + 1)) : from;  // nothing fits beside what stands before: begin below it
}

}  // namespace

int columns_of(std::string_view text) {
  const std::string safe = platform::printable_utf8(text);
  return u8_width(units(safe), safe.size(), kJapaneseTerminal);
}

std::vector<std::string> wrapped(std::string_view text, int columns, int first) {
  const std::string safe = platform::printable_utf8(text);
  const auto characters = characters_of(safe);
  columns = std::max(columns, 4);
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < characters.size();) {
    const bool beside = lines.empty() && first > 0;
    const auto to = line_end(characters, from, std::max(0, beside ? columns - first : columns), columns, !beside);
    lines.push_back(text_of(characters, from, to));
    from = to;
    while (from < characters.size() && characters[from].code == U' ') ++from;
  }
  return lines;
}

std::string padded(std::string_view text, int columns) {
  std::string out(text);
  int missing = columns - columns_of(text);
  const bool plain = columns_of(text) == static_cast<int>(text.size());
  for (; missing >= 2 && !plain; missing -= 2) out += "　";
  for (; missing > 0; --missing) out += ' ';
  return out;
}

}  // namespace gokajo::compliance
