#include "collectors/parse/pwquality.h"

#include <algorithm>
#include <optional>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

constexpr std::int64_t kSmallestMinlen = 6;   // "cannot be set to lower value than 6", pwquality.conf(5)
constexpr std::int64_t kDictionaryLeast = 6;  // what cracklib takes at least: tests/truth/pam/stacks/pwquality-huge-credits-words
constexpr std::size_t kLongestLine = 1022;

std::optional<std::int64_t> integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto value = number(text);
  if (!value || *value >= 2147483647) return std::nullopt;
  return negative ? -*value : *value;
}

}  // namespace

bool set_pwquality(PwqualitySettings& settings, std::string_view name, std::string_view value, const std::string& from) {
  static constexpr std::array<std::string_view, 4> kCredits = {"dcredit", "ucredit", "lcredit", "ocredit"};
  static constexpr std::array<std::string_view, 9> kOtherNumbers = {
      "difok", "maxrepeat", "maxclassrepeat", "maxsequence", "gecoscheck", "usercheck", "usersubstr", "retry", ""};
  static constexpr std::array<std::string_view, 4> kOtherWords = {"badwords", "dictpath", "enforce_for_root", "local_users_only"};
  const auto key = lower(name);
  if (std::find(kOtherWords.begin(), kOtherWords.end(), key) != kOtherWords.end()) return true;
  const auto set = integer(value);
  if (const auto credit = std::find(kCredits.begin(), kCredits.end(), key); credit != kCredits.end()) {
    if (set) settings.credits.at(static_cast<std::size_t>(credit - kCredits.begin())) = *set;
  } else if (key == "minlen") {
    if (set) settings.minlen = std::max(*set, kSmallestMinlen), settings.minlen_from = from;
  } else if (key == "minclass") {
    if (set) settings.minclass = std::min<std::int64_t>(*set, 4);
  } else if (key == "dictcheck") {
    if (set) settings.dictcheck = *set != 0;
  } else if (key == "enforcing") {
    if (set) settings.enforcing = *set != 0;
  } else if (std::find(kOtherNumbers.begin(), kOtherNumbers.end(), key) == kOtherNumbers.end() || key.empty()) {
    return false;
  }
  return set.has_value();
}

bool parse_pwquality(std::string_view text, const std::string& path, PwqualitySettings& settings) {
  std::int64_t at = 0;
  for (const auto raw : lines(text)) {
    ++at;
    if (raw.size() > kLongestLine) return false;
    const auto line = trimmed(raw.substr(0, raw.find('#')));
    if (line.empty()) continue;
    const auto end = std::min(line.find_first_of(" \t="), line.size());
    auto value = trimmed(line.substr(end));
    if (value.starts_with('=')) value = trimmed(value.substr(1));
    if (!set_pwquality(settings, line.substr(0, end), value, path + ":" + std::to_string(at))) return false;
  }
  return true;
}

std::int64_t kinds_demanded(const PwqualitySettings& settings) {
  if (!settings.enforcing) return 0;
  const auto named = std::count_if(settings.credits.begin(), settings.credits.end(), [](auto credit) { return credit < 0; });
  return std::max<std::int64_t>({named, settings.minclass, 0});
}

std::int64_t shortest_taken(const PwqualitySettings& settings) {
  if (!settings.enforcing) return 1;
  std::int64_t demanded = 0, credit = 0;
  for (const auto value : settings.credits) value < 0 ? demanded -= value : credit += value;
  // Beyond what is demanded, every character may earn one more, up to the sum of the credits: n + min(n - demanded, credit) >= minlen.
  const auto half = (settings.minlen + demanded + 1) / 2;
  const auto length = std::max<std::int64_t>({demanded, 1, half, settings.minlen - credit, kinds_demanded(settings)});
  return settings.dictcheck ? std::max(length, kDictionaryLeast) : length;
}

}  // namespace gokajo::collectors::parse
