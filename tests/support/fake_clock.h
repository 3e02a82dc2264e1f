/// \file
/// A clock that a test sets.
#pragma once

#include "platform/clock.h"

namespace gokajo::tests {

class FakeClock : public platform::Clock {
 public:
  platform::Moment now() const override { return moment; }
  /// Time goes on, on both clocks.
  void pass(std::chrono::milliseconds time) {
    moment.since_start += time;
    moment.wall += std::chrono::duration_cast<std::chrono::seconds>(time);
  }

  platform::Moment moment{*platform::parse_time("2026-11-22T00:00:00Z"), std::chrono::minutes{1}, "first start"};
};

}  // namespace gokajo::tests
