#include "hub/mail/business_days.h"

#include <doctest/doctest.h>

#include "hub/silence.h"

namespace gokajo::tests {

using namespace hub;
using platform::Time;

namespace {

Day day(const char* text) { return std::chrono::floor<platform::Days>(*platform::parse_time(text)); }
Time jst(const char* text, int hour) { return *platform::parse_time(text) + std::chrono::hours{hour - 9}; }

}  // namespace

TEST_CASE("the mail goes on Monday at ten, on a holiday the next business day") {
  const Calendar calendar;
  // 2026: 23 November is Labour Thanksgiving Day, a Monday (国民の祝日に関する法律).
  CHECK(next_weekly(jst("2026-11-16", 10), calendar) == jst("2026-11-24", 10));
  CHECK(next_weekly(jst("2026-11-24", 10) - std::chrono::seconds{1}, calendar) == jst("2026-11-24", 10));
  CHECK(next_weekly(jst("2026-11-24", 10), calendar) == jst("2026-11-30", 10));
  CHECK(last_weekly(jst("2026-11-24", 10), calendar) == jst("2026-11-24", 10));
  CHECK(last_weekly(jst("2026-11-24", 9), calendar) == jst("2026-11-16", 10));
  // Just after midnight in Japan it is still Sunday in UTC.
  CHECK(next_weekly(jst("2026-11-30", 0), calendar) == jst("2026-11-30", 10));
  CHECK(next_weekly(jst("2026-11-30", 1), calendar, 60) > jst("2026-11-30", 1));
  // Golden Week 2026: Monday 4 to Wednesday 6 May are holidays.
  CHECK(next_weekly(jst("2026-05-01", 12), calendar) == jst("2026-05-07", 10));
}

TEST_CASE("a company's own days off move the mail, and a week without a business day has none") {
  Calendar calendar;
  for (int of_month = 28; of_month <= 31; ++of_month) calendar.days_off.insert(Day{std::chrono::year{2026} / 12 / of_month});
  for (int of_month = 1; of_month <= 3; ++of_month) calendar.days_off.insert(Day{std::chrono::year{2027} / 1 / of_month});
  CHECK(next_weekly(jst("2026-12-21", 10), calendar) == jst("2027-01-04", 10));
  CHECK(last_weekly(jst("2027-01-03", 10), calendar) == jst("2026-12-21", 10));
}

TEST_CASE("holidays are those of the Cabinet Office's list; beyond the table the fixed ones alone are known") {
  for (const char* holiday : {"2026-01-01", "2026-05-06", "2026-09-22", "2027-03-22", "2028-02-29"}) {
    const bool is = is_national_holiday(day(holiday));
    CHECK(is == (std::string_view(holiday) != "2028-02-29"));
  }
  CHECK(is_national_holiday(day("2035-11-03")));
  CHECK_FALSE(is_national_holiday(day("2035-11-04")));
  CHECK_FALSE(is_business_day(day("2026-11-21"), {}));
  CHECK(is_business_day(day("2026-11-24"), {}));
}

TEST_CASE("a PC is silent after five business days and seven days, and no weekend makes it so") {
  const Calendar calendar;
  const auto friday = jst("2026-11-13", 17);
  CHECK_FALSE(is_silent(friday, jst("2026-11-16", 10), calendar));
  CHECK_FALSE(is_silent(friday, jst("2026-11-20", 16), calendar));
  CHECK(is_silent(friday, jst("2026-11-20", 17), calendar));
  // Over New Year the company's days off do not count.
  Calendar closed;
  for (int of_month = 29; of_month <= 31; ++of_month) closed.days_off.insert(Day{std::chrono::year{2026} / 12 / of_month});
  closed.days_off.insert(Day{std::chrono::year{2027} / 1 / 1});
  CHECK_FALSE(is_silent(jst("2026-12-28", 17), jst("2027-01-06", 10), closed));
  CHECK(is_silent(jst("2026-12-28", 17), jst("2027-01-08", 10), closed));
  // A laptop asleep for nine days is silent.
  CHECK(is_silent(jst("2026-11-10", 9), jst("2026-11-19", 10), calendar));
}

}  // namespace gokajo::tests
