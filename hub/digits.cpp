#include "hub/digits.h"

#include <string_view>

namespace gokajo::hub {

std::string with_plain_digits(const std::string& typed) {
  std::string plain;
  for (std::size_t at = 0; at < typed.size();) {
    const auto rest = std::string_view(typed).substr(at);
    // U+FF10 to U+FF19 are EF BC 90 to EF BC 99.
    if (rest.size() >= 3 && rest.starts_with("\xEF\xBC") && rest[2] >= '\x90' && rest[2] <= '\x99') {
      plain += static_cast<char>('0' + (rest[2] - '\x90'));
      at += 3;
    } else {
      plain += typed[at++];
    }
  }
  return plain;
}

std::string only_digits(const std::string& typed) {
  auto plain = with_plain_digits(typed);
  for (const std::string_view filler : {" ", "　", "-", "－", "ー", "‐", "−", "―"})
    for (auto at = plain.find(filler); at != std::string::npos; at = plain.find(filler, at)) plain.erase(at, filler.size());
  return plain;
}

}  // namespace gokajo::hub
