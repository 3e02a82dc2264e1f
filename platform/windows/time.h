/// \file
/// Windows' times: FILETIME (100 ns since 1601, UTC) and DATE (days since 1899-12-30), as ours.
#pragma once

#include <windows.h>

#include "platform/time.h"

namespace gokajo::platform {

inline constexpr std::int64_t kFileTimeOfUnix = 11644473600LL;  ///< seconds from 1601-01-01 to 1970-01-01

/// Below a second is cut off.
inline Time time_of(const FILETIME& time) {
  const auto ticks = static_cast<std::int64_t>((static_cast<std::uint64_t>(time.dwHighDateTime) << 32U) | time.dwLowDateTime);
  return Time{std::chrono::seconds{ticks / 10000000 - kFileTimeOfUnix}};
}

/// Of an automation DATE, taken as UTC.
inline Time time_of_date(double days) { return Time{std::chrono::seconds{static_cast<std::int64_t>((days - 25569.0) * 86400.0 + 0.5)}}; }

}  // namespace gokajo::platform
