/// \file
/// Which monthly update of Windows a level (UBR) is: the table compliance/data/windows_levels.json, read strictly. Months and levels that
/// no source gave are missing from it, so it bounds days and never invents one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/device.h"
#include "platform/result.h"

namespace gokajo::compliance {

/// `day`: in the United States. `kind`: B, preview, out-of-band, release or hotpatch.
struct WindowsLevel {
  std::int64_t level = 0;
  Time day{};
  std::string kind;
  std::optional<std::string> kb;
  std::optional<std::string> note;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(WindowsLevel, (), (level, day, kind, kb, note, source))

/// `server` absent: clients and servers of this build have the same levels.
struct WindowsBuild {
  std::int64_t build = 0;
  std::optional<bool> server;
  std::vector<WindowsLevel> levels;
};
BOOST_DESCRIBE_STRUCT(WindowsBuild, (), (build, server, levels))

struct WindowsLevels {
  std::string format;
  std::string version;
  std::map<std::string, std::string> about;
  std::vector<WindowsBuild> builds;
};
BOOST_DESCRIBE_STRUCT(WindowsLevels, (), (format, version, about, builds))

inline constexpr const char* kWindowsLevelsFormat = "gokajo-windows-levels/1";

/// Error{malformed} names the place and what was expected: another format, a kind nobody knows, levels that do not rise, a B that is not of
/// a second Tuesday, a build that stands twice.
platform::Result<WindowsLevels> read_windows_levels(std::string_view text);

/// The table compiled in. Lives as long as the program; any thread.
const WindowsLevels& built_in_windows_levels();

/// The levels of this Windows, or nullptr for a build that stands in no row.
const WindowsBuild* find_levels(const WindowsLevels& levels, const WindowsRelease& windows);

/// The day (in Japan: the second Tuesday and one day more) of the first monthly security update above a level: not before `earliest`, not
/// after `latest`. Equal where the level is known. Absent where the table does not bound it.
struct NextFix {
  std::optional<Time> earliest;
  std::optional<Time> latest;
};

/// `hotpatches`: whether this PC may have levels of that kind; nullopt where that could not be seen.
NextFix next_fix(const WindowsBuild& build, std::int64_t level, std::optional<bool> hotpatches);

/// The highest level of a monthly update on or before that day; nullptr for none.
const WindowsLevel* last_until(const WindowsBuild& build, Time day);

/// The first second Tuesday of a month behind that day.
Time second_tuesday_after(Time day);

}  // namespace gokajo::compliance
