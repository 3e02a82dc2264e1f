/// \file
/// What one of a company's counters says.
#pragma once

#include <string>

#include "hub/records.h"

namespace gokajo::hub {

/// Of so many PCs (`what` "device": their standing; else a rule or a check and its verdict); 0 where none was counted.
inline std::int64_t counter_of(const Counters& counters, const std::string& what, const std::string& verdict) {
  const auto found = counters.find(what);
  if (found == counters.end()) return 0;
  const auto one = found->second.find(verdict);
  return one == found->second.end() ? 0 : one->second;
}

}  // namespace gokajo::hub
