#include "hub/silence.h"

#include <algorithm>

namespace gokajo::hub {

int business_days(const Company& company, Time from, Time to) {
  const int offset = static_cast<int>(company.offset_minutes);
  const auto last = platform::local_day(to, offset);
  // Longer than anybody asks for: a clock that jumped must not make this count for long.
  auto day = std::max(platform::local_day(from, offset), last - platform::Days{400});
  int count = 0;
  for (day += platform::Days{1}; day <= last; day += platform::Days{1}) {
    const auto weekday = std::chrono::weekday{day};
    const auto name = platform::format_time(day).substr(0, 10);
    const bool closed = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday ||
                        std::find(company.closed_days.begin(), company.closed_days.end(), name) != company.closed_days.end();
    if (!closed) ++count;
  }
  return count;
}

bool is_silent(const Company& company, const Device& device, Time now) {
  const auto last = device.last_receipt.value_or(device.enrolled);
  return now - last >= platform::Days{kSilentDays} && business_days(company, last, now) >= kSilentBusinessDays;
}

}  // namespace gokajo::hub
