#include "platform/deb/version.h"

#include <algorithm>

namespace gokajo::platform::deb {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// deb-version(7): the tilde sorts before everything, even the end; letters sort before all other characters.
int weight(std::string_view text, std::size_t at) {
  if (at >= text.size() || is_digit(text[at])) return 0;
  const char c = text[at];
  if (c == '~') return -1;
  return is_letter(c) ? c : static_cast<unsigned char>(c) + 256;
}

std::string_view number_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  const auto digits = text.substr(at, end - at);
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

// One part: stretches of non-digits and of digits by turns.
int compare_part(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    while ((i < a.size() && !is_digit(a[i])) || (j < b.size() && !is_digit(b[j]))) {
      const int difference = weight(a, i) - weight(b, j);
      if (difference != 0) return difference;
      ++i, ++j;
    }
    const auto left = number_at(a, std::min(i, a.size())), right = number_at(b, std::min(j, b.size()));
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
    if (const int difference = left.compare(right); difference != 0) return difference;
    while (i < a.size() && is_digit(a[i])) ++i;
    while (j < b.size() && is_digit(b[j])) ++j;
  }
  return 0;
}

struct Parts {
  std::string_view epoch, upstream, revision;
};

Parts parts_of(std::string_view version) {
  Parts parts;
  if (const auto colon = version.find(':'); colon != std::string_view::npos) {
    parts.epoch = version.substr(0, colon);
    version.remove_prefix(colon + 1);
  }
  const auto hyphen = version.rfind('-');
  parts.upstream = version.substr(0, hyphen);
  if (hyphen != std::string_view::npos) parts.revision = version.substr(hyphen + 1);
  return parts;
}

}  // namespace

int compare_versions(std::string_view a, std::string_view b) {
  const Parts left = parts_of(a), right = parts_of(b);
  if (const int difference = compare_part(left.epoch, right.epoch); difference != 0) return difference;
  if (const int difference = compare_part(left.upstream, right.upstream); difference != 0) return difference;
  return compare_part(left.revision, right.revision);
}

}  // namespace gokajo::platform::deb
