/// \file
/// Time as Gokajo keeps it: UTC, whole seconds. A company's offset is applied only for display and for calendar days.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gokajo::platform {

using Time = std::chrono::sys_seconds;
using Days = std::chrono::days;

/// Minutes east of UTC of a company in Japan: the default offset for calendar days.
inline constexpr int kJapanOffset = 540;

/// "2026-11-22T00:00:00Z".
std::string format_time(Time time);

/// Reads "2026-11-22T00:00:00Z" and "2026-11-22" (midnight UTC); nothing else. nullopt when it is neither.
std::optional<Time> parse_time(std::string_view text);

/// Reads the date of RFC 5322 mails, Debian changelogs and Release files: "Sat, 11 Jul 2026 09:12:44 +0200" or "... UTC". nullopt when it
/// is not.
std::optional<Time> parse_rfc5322_date(std::string_view text);

/// The calendar day at `offset_minutes` east of UTC (Japan: 540), as midnight UTC of that calendar day.
std::chrono::sys_days local_day(Time time, int offset_minutes);

}  // namespace gokajo::platform
