#include "protocol/schedule.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace gokajo::protocol {

using platform::Error, platform::ErrorKind;

namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::optional<int> number(std::string_view text, int low, int high) {
  if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const int value = std::stoi(std::string(text));
  return value >= low && value <= high ? std::optional(value) : std::nullopt;
}

}  // namespace

platform::Result<Schedule> read_schedule(std::string_view text) {
  Schedule schedule;
  if (text == "daily") return schedule;
  if (text.starts_with("every ") && text.ends_with("h")) {
    const auto hours = number(text.substr(6, text.size() - 7), 1, 24);
    if (hours && 24 % *hours == 0) {
      schedule.kind = Schedule::Kind::every;
      schedule.hours = *hours;
      return schedule;
    }
  }
  if (text.starts_with("weekly ") && text.size() == 16 && text[10] == ' ' && text[13] == ':') {
    const auto day = std::find(kWeekdays.begin(), kWeekdays.end(), text.substr(7, 3));
    const auto hour = number(text.substr(11, 2), 0, 23), minute = number(text.substr(14, 2), 0, 59);
    if (day != kWeekdays.end() && hour && minute) {
      schedule.kind = Schedule::Kind::weekly;
      schedule.weekday = static_cast<int>(day - kWeekdays.begin());
      schedule.minute = *hour * 60 + *minute;
      return schedule;
    }
  }
  return Error{ErrorKind::malformed, "schedule: expected \"daily\", \"every 4h\" or \"weekly mon 10:00\""};
}

}  // namespace gokajo::protocol
