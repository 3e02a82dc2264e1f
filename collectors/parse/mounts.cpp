#include "collectors/parse/mounts.h"

#include <algorithm>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }

// proc(5): blanks, tabs, newlines and backslashes in names stand as \ and three octal digits.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && is_octal(text[i + 1]) && is_octal(text[i + 2]) && is_octal(text[i + 3])) {
      out += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::vector<Mount> parse_mountinfo(std::string_view text) {
  std::vector<Mount> mounts;
  for (const auto line : lines(text)) {
    // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue; the optional fields before "-" vary in number.
    const auto word = words(line);
    const auto dash = std::find(word.begin(), word.end(), "-");
    if (dash - word.begin() < 6 || word.end() - dash < 4) continue;
    Mount mount{word[2], unescaped(word[3]), unescaped(word[4]), dash[1], unescaped(dash[2]), word[5] + "," + dash[3]};
    std::erase_if(mounts, [&](const Mount& covered) { return covered.place == mount.place; });
    mounts.push_back(std::move(mount));
  }
  return mounts;
}

std::optional<std::vector<Swap>> parse_swaps(std::string_view text) {
  static const std::vector<std::string> kHeading = {"Filename", "Type", "Size", "Used", "Priority"};
  std::vector<Swap> swaps;
  bool headed = false;
  for (const auto line : lines(text)) {
    const auto word = words(line);
    if (!headed) {
      if (word != kHeading) return std::nullopt;
      headed = true;
      continue;
    }
    if (word.size() != 5 || !word[0].starts_with('/') || (word[1] != "partition" && word[1] != "file")) return std::nullopt;
    swaps.push_back({unescaped(word[0]), word[1]});
  }
  if (!headed) return std::nullopt;
  return swaps;
}

}  // namespace gokajo::collectors::parse
