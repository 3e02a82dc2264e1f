/// \file
/// The days on which an office works: no Saturday, no Sunday, no national holiday of Japan
/// (hub/mail/data/holidays_jp.json, with its sources), none of the company's own days off.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

using Day = std::chrono::sys_days;  ///< a calendar day in the company's offset

/// National holidays of the table's years, 2026 to 2030. Of later years only the fixed ones are known, until the table is brought up to
/// date with a new version of the program.
bool is_national_holiday(Day day);

/// `day_off`: single days, from the company's sheet (年末年始, 創立記念日).
struct Calendar {
  int offset_minutes = platform::kJapanOffset;
  std::set<Day> days_off;
};

bool is_business_day(Day day, const Calendar& calendar);

/// The day itself if it is one, else the first after it; after a year without any, `day`.
Day business_day_from(Day day, const Calendar& calendar);

/// How many business days lie in (from, to].
int business_days_between(Day from, Day to, const Calendar& calendar);

/// When the weekly mail goes out next after `now`: the first business day of a week (Monday on) at `minute_of_day` (default 10:00). A week
/// without a business day has none.
platform::Time next_weekly(platform::Time now, const Calendar& calendar, int minute_of_day = 600);

/// The latest such time at or before `now`: the mail that should have gone.
platform::Time last_weekly(platform::Time now, const Calendar& calendar, int minute_of_day = 600);

}  // namespace gokajo::hub
