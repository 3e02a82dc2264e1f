#include "hub/silence.h"

namespace gokajo::hub {

Calendar calendar_of(const Company& company) {
  Calendar calendar{static_cast<int>(company.offset_minutes), {}};
  for (const auto& text : company.closed_days)
    if (const auto day = platform::parse_time(text)) calendar.days_off.insert(std::chrono::floor<platform::Days>(*day));
  return calendar;
}

bool is_silent(Time last, Time now, const Calendar& calendar) {
  if (now - last < platform::Days{kSilentDays}) return false;
  const auto today = platform::local_day(now, calendar.offset_minutes);
  // Longer than anybody asks for: a clock that jumped must not make this count for long.
  const auto from = std::max(platform::local_day(last, calendar.offset_minutes), today - platform::Days{400});
  return business_days_between(from, today, calendar) >= kSilentBusinessDays;
}

bool is_silent(const Company& company, const Device& device, Time now) {
  return is_silent(device.last_receipt.value_or(device.enrolled), now, calendar_of(company));
}

}  // namespace gokajo::hub
