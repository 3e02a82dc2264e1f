#include "hub/mail/business_days.h"

#include <algorithm>
#include <optional>
#include <span>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::embedded {
std::span<const File> hub_mail_data();
}

namespace gokajo::hub {
namespace {

constexpr std::size_t kMaxTableBytes = 1U << 20U;
constexpr int kYear = 366;
constexpr int kWeek = 7;

std::set<Day> read_holidays() {
  std::set<Day> days;
  for (const auto& file : embedded::hub_mail_data()) {
    if (file.name != "holidays_jp.json") continue;
    const auto json = platform::parse_json(file.text, kMaxTableBytes);
    if (!json || !json->contains("days")) continue;
    for (const auto& [date, name] : (*json)["days"].items())
      if (const auto day = platform::parse_time(date)) days.insert(std::chrono::floor<platform::Days>(*day));
  }
  return days;
}

bool is_weekend(Day day) {
  const std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Day monday_of(Day day) { return day - (std::chrono::weekday{day} - std::chrono::Monday); }

// The first business day of the week that begins with this Monday.
std::optional<Day> mail_day(Day monday, const Calendar& calendar) {
  const auto day = business_day_from(monday, calendar);
  if (day >= monday + platform::Days{kWeek} || !is_business_day(day, calendar)) return std::nullopt;
  return day;
}

platform::Time at(Day day, int minute_of_day, const Calendar& calendar) {
  return platform::Time{day} + std::chrono::minutes{minute_of_day - calendar.offset_minutes};
}

}  // namespace

bool is_national_holiday(Day day) {
  static const std::set<Day> holidays = read_holidays();
  if (holidays.contains(day)) return true;
  if (holidays.empty() || day <= *holidays.rbegin()) return false;
  // 国民の祝日に関する法律 section 2: the days that the law itself fixes.
  const std::chrono::year_month_day date{day};
  const auto month = static_cast<unsigned>(date.month()), of_month = static_cast<unsigned>(date.day());
  static constexpr std::pair<unsigned, unsigned> kFixed[] = {{1, 1}, {2, 11}, {2, 23}, {4, 29}, {5, 3},
                                                             {5, 4}, {5, 5},  {8, 11}, {11, 3}, {11, 23}};
  return std::find(std::begin(kFixed), std::end(kFixed), std::pair{month, of_month}) != std::end(kFixed);
}

bool is_business_day(Day day, const Calendar& calendar) {
  return !is_weekend(day) && !is_national_holiday(day) && !calendar.days_off.contains(day);
}

Day business_day_from(Day day, const Calendar& calendar) {
  for (auto later = day; later < day + platform::Days{kYear}; later += platform::Days{1})
    if (is_business_day(later, calendar)) return later;
  return day;
}

int business_days_between(Day from, Day to, const Calendar& calendar) {
  int count = 0;
  for (auto day = from + platform::Days{1}; day <= to; day += platform::Days{1})
    if (is_business_day(day, calendar)) ++count;
  return count;
}

platform::Time next_weekly(platform::Time now, const Calendar& calendar, int minute_of_day) {
  auto monday = monday_of(platform::local_day(now, calendar.offset_minutes));
  for (int week = 0; week < kYear / kWeek; ++week, monday += platform::Days{kWeek}) {
    const auto day = mail_day(monday, calendar);
    if (day && at(*day, minute_of_day, calendar) > now) return at(*day, minute_of_day, calendar);
  }
  return at(monday, minute_of_day, calendar);
}

platform::Time last_weekly(platform::Time now, const Calendar& calendar, int minute_of_day) {
  auto monday = monday_of(platform::local_day(now, calendar.offset_minutes));
  for (int week = 0; week < kYear / kWeek; ++week, monday -= platform::Days{kWeek}) {
    const auto day = mail_day(monday, calendar);
    if (day && at(*day, minute_of_day, calendar) <= now) return at(*day, minute_of_day, calendar);
  }
  return at(monday, minute_of_day, calendar);
}

}  // namespace gokajo::hub
