#include "platform/pattern.h"

#include <cctype>

namespace gokajo::platform {
namespace {

bool same(char a, char b, Letters letters) {
  return a == b ||
         (letters == Letters::any_case && std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b)));
}

}  // namespace

// fnmatch(3) with FNM_PATHNAME does the same and is not on every system. Greedy with one way back: the last * met takes one more character.
bool fits(std::string_view pattern, std::string_view name, char separator, Letters letters) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, star_name = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_name = n;
    } else if (p < pattern.size() && same(pattern[p], name[n], letters)) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos && name[star_name] != separator) {
      p = star + 1;
      n = ++star_name;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace gokajo::platform
