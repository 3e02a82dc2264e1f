/// \file
/// What time it is, in two ways: the calendar's, which people and programs set, and the time since this start of the PC, which nobody can
/// set and which goes on while the PC sleeps.
#pragma once

#include <string>

#include "platform/time.h"

namespace gokajo::platform {

/// `since_start`: of the PC; grows through sleep. `start`: names this start of the PC, empty where the system does not tell.
struct Moment {
  Time wall{};
  std::chrono::milliseconds since_start{};
  std::string start;
};

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Moment now() const = 0;
};

/// The PC's own.
const Clock& system_clock();

/// How long ago `then` was. Within one start of the PC the settable clock is not looked at; across starts it is, and a clock that was set
/// back counts as no time at all. Never negative.
std::chrono::milliseconds elapsed(const Moment& then, const Moment& now);

}  // namespace gokajo::platform
