#include "platform/time.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace gokajo::platform {
namespace {

// All digits or nothing: std::from_chars would take "+5" or stop early.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  if (text.empty() || text.size() > 9) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::chrono::sys_days> calendar_day(int year, int month, int day) {
  // chrono keeps a year in 16 bits and a day in 8, and takes what is left of a larger number.
  if (year > 9999 || month > 12 || day > 31) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

std::optional<std::chrono::seconds> clock_time(std::string_view text) {  // "09:12:44"
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = digits(text.substr(0, 2)), minute = digits(text.substr(3, 2)), second = digits(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

std::string_view next_word(std::string_view& rest) {
  const auto start = rest.find_first_not_of(" \t,");
  if (start == std::string_view::npos) return rest = {};
  rest.remove_prefix(start);
  const auto end = std::min(rest.find_first_of(" \t,"), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

}  // namespace

std::optional<Time> time_from_unix(std::int64_t seconds) {
  const Time time{std::chrono::seconds{seconds}};
  if (time < kFirstTime || time > kLastTime) return std::nullopt;
  return time;
}

std::string format_time(Time time) {
  time = std::clamp(time, kFirstTime, kLastTime);
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  // A hub writes a hundred of them for a report: no snprintf.
  std::string text = "0000-00-00T00:00:00Z";
  const auto put = [&](std::size_t last, auto number) {
    for (auto left = static_cast<unsigned>(number); left != 0; left /= 10) text[last--] = static_cast<char>('0' + left % 10);
  };
  put(3, static_cast<int>(date.year()));
  put(6, static_cast<unsigned>(date.month()));
  put(9, static_cast<unsigned>(date.day()));
  put(12, clock.hours().count());
  put(15, clock.minutes().count());
  put(18, clock.seconds().count());
  return text;
}

std::optional<Time> parse_time(std::string_view text) {
  if (text.size() != 10 && text.size() != 20) return std::nullopt;
  if (text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const auto date = calendar_day(*year, *month, *day);
  if (!date) return std::nullopt;
  if (text.size() == 10) return Time{*date};
  if (text[10] != 'T' || text[19] != 'Z') return std::nullopt;
  const auto clock = clock_time(text.substr(11, 8));
  if (!clock) return std::nullopt;
  return time_from_unix((Time{*date} + *clock).time_since_epoch().count());  // a leap second may end the last year
}

std::optional<Time> parse_rfc5322_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::string_view word = next_word(text);
  if (!digits(word)) word = next_word(text);  // the day of the week may be missing
  const auto day = digits(word);
  const auto month_name = next_word(text);
  int month = 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (kMonths[i] == month_name) month = static_cast<int>(i) + 1;
  const auto year = digits(next_word(text));
  const auto clock = clock_time(next_word(text));
  const auto zone = next_word(text);
  if (!day || month == 0 || !year || !clock) return std::nullopt;
  const auto date = calendar_day(*year, month, *day);
  if (!date) return std::nullopt;
  std::chrono::minutes offset{0};
  if (zone != "UTC" && zone != "GMT" && zone != "Z") {
    const auto hhmm = zone.size() == 5 ? digits(zone.substr(1)) : std::nullopt;
    if (!hhmm || *hhmm > 1400 || *hhmm % 100 > 59 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
    offset = std::chrono::hours{*hhmm / 100} + std::chrono::minutes{*hhmm % 100};
    if (zone[0] == '-') offset = -offset;
  }
  return time_from_unix((Time{*date} + *clock - offset).time_since_epoch().count());
}

std::chrono::sys_days local_day(Time time, int offset_minutes) {
  return std::chrono::floor<std::chrono::days>(time + std::chrono::minutes{offset_minutes});
}

}  // namespace gokajo::platform
