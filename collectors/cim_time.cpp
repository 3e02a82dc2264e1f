#include "collectors/cim_time.h"

#include <charconv>

namespace gokajo::collectors {
namespace {

std::optional<int> digits(std::string_view text, std::size_t start, std::size_t count) {
  if (text.size() < start + count) return std::nullopt;
  int number = 0;
  const auto part = text.substr(start, count);
  const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), number);
  const bool plain = problem == std::errc() && end == part.data() + part.size() && part.front() != '-';
  return plain ? std::optional(number) : std::nullopt;
}

std::optional<platform::Time> day_of(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || !month || !day) return std::nullopt;
  const auto date = std::chrono::year{*year} / *month / *day;
  return date.ok() && *year >= 1970 ? std::optional<platform::Time>(std::chrono::sys_days{date}) : std::nullopt;
}

}  // namespace

std::optional<platform::Time> parse_cim_time(std::string_view text) {
  constexpr std::size_t kLength = 25, kSign = 21;
  if (text.size() != kLength || text[14] != '.' || (text[kSign] != '+' && text[kSign] != '-')) return std::nullopt;
  const auto day = day_of(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2));
  const auto hour = digits(text, 8, 2), minute = digits(text, 10, 2), second = digits(text, 12, 2), offset = digits(text, kSign + 1, 3);
  if (!day || !hour || !minute || !second || !offset || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  const std::chrono::minutes shift{text[kSign] == '-' ? -*offset : *offset};
  return *day + std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second} - shift;
}

std::optional<platform::Time> parse_day(std::string_view text) {
  if (const auto plain = day_of(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2))) return plain;
  if (text.size() < 10 || text[4] != text[7] || (text[4] != '-' && text[4] != '/')) return std::nullopt;
  return day_of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
}

}  // namespace gokajo::collectors
