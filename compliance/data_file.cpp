#include "compliance/data_file.h"

#include <algorithm>
#include <array>
#include <vector>

#include "platform/bytes.h"

namespace gokajo::compliance {

using platform::Json, platform::Place, platform::Status;

namespace {

constexpr std::size_t kMaxNumbers = 4;
constexpr std::size_t kMaxDigits = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Empty where it is no version.
std::vector<std::int64_t> numbers_of(std::string_view version) {
  std::vector<std::int64_t> numbers;
  for (std::size_t from = 0; from <= version.size();) {
    const auto end = std::min(version.find('.', from), version.size());
    const auto digits = version.substr(from, end - from);
    if (digits.empty() || digits.size() > kMaxDigits || !std::all_of(digits.begin(), digits.end(), is_digit) ||
        (digits.size() > 1 && digits.front() == '0') || numbers.size() == kMaxNumbers)
      return {};
    numbers.push_back(std::stoll(std::string(digits)));
    from = end + 1;
  }
  return numbers;
}

// LRE to RLO, LRI to PDI: U+202A to U+202E, U+2066 to U+2069.
bool turns_direction(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kTurns = {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                                             "\u2066", "\u2067", "\u2068", "\u2069"};
  return std::any_of(kTurns.begin(), kTurns.end(), [&](std::string_view turn) { return text.find(turn) != std::string_view::npos; });
}

bool is_plain(std::string_view text) { return platform::printable_utf8(text) == text && !turns_direction(text); }

}  // namespace

bool is_data_id(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdLength && id.front() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
}

bool is_data_version(std::string_view version) { return !numbers_of(version).empty(); }

bool is_later_version(std::string_view one, std::string_view other) {
  const auto left = numbers_of(one), right = numbers_of(other);
  return !left.empty() && !right.empty() && left > right;
}

Status only_plain_texts(const Json& json, const Place& place) {
  if (json.is_string() && !is_plain(json.get_ref<const std::string&>())) return platform::misplaced(place, "a control character");
  if (json.is_array())
    for (std::size_t i = 0; i < json.size(); ++i)
      if (auto status = only_plain_texts(json[i], place.index(i)); !status) return status;
  if (json.is_object())
    for (const auto& [name, member] : json.items()) {
      if (!is_plain(name)) return platform::misplaced(place, "a key with a control character");
      if (auto status = only_plain_texts(member, place.key(name)); !status) return status;
    }
  return platform::Done{};
}

}  // namespace gokajo::compliance
