#include "hub/mail/dates.h"

namespace gokajo::hub {
namespace {

constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
constexpr const char* kWeekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr const char* kWeekdaysJa[] = {"日", "月", "火", "水", "木", "金", "土"};

struct Date {
  unsigned month;
  unsigned day;
  unsigned weekday;
};

Date date_of(platform::Time time, int offset) {
  const auto day = platform::local_day(time, offset);
  const std::chrono::year_month_day date{day};
  return {static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), std::chrono::weekday{day}.c_encoding()};
}

}  // namespace

std::string Dates::month_day(platform::Time time) const {
  const auto date = date_of(time, offset_minutes);
  if (language == compliance::Language::en) return std::to_string(date.day) + " " + kMonths[date.month - 1];
  return std::to_string(date.month) + "月" + std::to_string(date.day) + "日";
}

std::string Dates::day(platform::Time time) const {
  if (language == compliance::Language::en) return month_day(time);
  return std::to_string(date_of(time, offset_minutes).day) + "日";
}

std::string Dates::day_near(platform::Time time, platform::Time beside) const {
  return date_of(time, offset_minutes).month == date_of(beside, offset_minutes).month ? day(time) : month_day(time);
}

std::string Dates::hour(platform::Time time) const {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(time) + std::chrono::minutes{offset_minutes};
  const auto of_day = minutes - std::chrono::floor<platform::Days>(minutes);
  const auto hours = std::chrono::floor<std::chrono::hours>(of_day).count();
  return language == compliance::Language::ja ? std::to_string(hours) + "時" : std::to_string(hours) + ":00";
}

std::string Dates::slashed(platform::Time time) const {
  const auto date = date_of(time, offset_minutes);
  return std::to_string(date.month) + "/" + std::to_string(date.day);
}

std::string Dates::weekday(platform::Time time) const {
  const auto date = date_of(time, offset_minutes);
  return language == compliance::Language::ja ? kWeekdaysJa[date.weekday] : kWeekdays[date.weekday];
}

std::string Dates::month(platform::Time time) const {
  const auto date = date_of(time, offset_minutes);
  return language == compliance::Language::ja ? std::to_string(date.month) + "月" : kMonths[date.month - 1];
}

bool Dates::same_day(platform::Time a, platform::Time b) const {
  return platform::local_day(a, offset_minutes) == platform::local_day(b, offset_minutes);
}

}  // namespace gokajo::hub
