/// \file
/// How often a company wants its PCs scanned: said at the hub, kept to by the agent (agent/schedule.h).
#pragma once

#include <string_view>

#include "platform/result.h"

namespace gokajo::protocol {

/// "daily", "every 4h" (1 to 24, dividing a day), "weekly mon 10:00" (the company's time).
struct Schedule {
  enum class Kind { daily, every, weekly };
  Kind kind = Kind::daily;
  int hours = 24;    ///< of `every`
  int weekday = 1;   ///< of `weekly`: 0 Sunday … 6 Saturday
  int minute = 600;  ///< of `weekly`: of the day

  bool operator==(const Schedule&) const = default;
};

/// Error{malformed} names what was expected.
platform::Result<Schedule> read_schedule(std::string_view text);

}  // namespace gokajo::protocol
