/// \file
/// What earlier scans knew. An input of judging, never a side effect of it: after judging, remember() makes the next memory.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "platform/json_form.h"

namespace gokajo::compliance {

using platform::Time;

/// Keys are ours and short: "finding/<check>/<item>", "pass/<check>", "source/<package source>", "offer/<package>:<arch>/<installed
/// version>". `first_seen`: when a finding, or a fix above that installed version, was first seen without a break. `last_good`: when a
/// check last passed. `not_offered`: the date of an index in which a fix was not yet offered: for a source the newest one seen, for an
/// offer the last before it. `scan_days`: the calendar days (as in PoweredOn) of the last 60 on which a scan ran, so that this PC was on;
/// absent in a memory of before they were kept.
struct Memory {
  std::map<std::string, Time> first_seen;
  std::map<std::string, Time> last_good;
  std::map<std::string, Time> not_offered;
  std::optional<std::vector<Time>> scan_days;
};
BOOST_DESCRIBE_STRUCT(Memory, (), (first_seen, last_good, not_offered, scan_days))

std::optional<Time> first_seen(const Memory& memory, std::string_view key);

inline constexpr const char* kMemoryFormat = "gokajo-memory/1";
platform::Json write_memory(const Memory& memory);
/// `json` is used up: whoever needs it later hands in a copy.
platform::Result<Memory> read_memory(platform::Json json);

}  // namespace gokajo::compliance
