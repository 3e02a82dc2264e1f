/// \file
/// Records of when a PC was on, to vary.
#pragma once

#include <algorithm>
#include <vector>

#include "compliance/powered_on_days.h"

namespace gokajo::tests {

/// A record seen at `now` that begins `covered` days ago and calls the PC off on the given days ago, unsure on the others given.
inline compliance::Fact<compliance::PoweredOn> on_but(platform::Time now, int covered, const std::vector<int>& off,
                                                      const std::vector<int>& unsure = {}) {
  using platform::Days, platform::Time;
  const Time today{platform::local_day(now, platform::kJapanOffset)};
  const auto in = [](const std::vector<int>& days, int day) { return std::find(days.begin(), days.end(), day) != days.end(); };
  compliance::PoweredOn record;
  record.first_day = today - Days{covered};
  for (int ago = covered; ago >= 0; --ago) {
    if (in(unsure, ago))
      record.unsure.push_back(today - Days{ago});
    else if (!in(off, ago))
      record.days.push_back(today - Days{ago});
  }
  return compliance::fact(std::move(record), "/var/log/wtmp", now);
}

/// The days from `first` to `last` ago.
inline std::vector<int> days_ago(int first, int last) {
  std::vector<int> days;
  for (int day = first; day >= last; --day) days.push_back(day);
  return days;
}

}  // namespace gokajo::tests
