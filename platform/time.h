/// \file
/// Time as Gokajo keeps it: UTC, whole seconds. A company's offset is applied only for display and for calendar days.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gokajo::platform {

using Time = std::chrono::sys_seconds;
using Days = std::chrono::days;

/// Minutes east of UTC of a company in Japan: the default offset for calendar days.
inline constexpr int kJapanOffset = 540;

/// What the text of a time can say: the years 0000 to 9999.
inline constexpr Time kFirstTime{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
inline constexpr Time kLastTime{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + std::chrono::seconds{86399}};

/// Seconds since 1970, from outside; nullopt beyond those years.
std::optional<Time> time_from_unix(std::int64_t seconds);

/// "2026-11-22T00:00:00Z"; a time beyond those years is written as the first or the last of them.
std::string format_time(Time time);

/// Reads "2026-11-22T00:00:00Z" and "2026-11-22" (midnight UTC); nothing else. nullopt when it is neither.
std::optional<Time> parse_time(std::string_view text);

/// Reads the date of RFC 5322 mails, Debian changelogs and Release files: "Sat, 11 Jul 2026 09:12:44 +0200" or "... UTC". nullopt when it
/// is not.
std::optional<Time> parse_rfc5322_date(std::string_view text);

/// The calendar day at `offset_minutes` east of UTC (Japan: 540), as midnight UTC of that calendar day.
std::chrono::sys_days local_day(Time time, int offset_minutes);

}  // namespace gokajo::platform
