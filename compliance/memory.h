/// \file
/// What earlier scans knew. An input of judging, never a side effect of it: after judging, remember() makes the next memory.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "platform/json_form.h"

namespace gokajo::compliance {

using platform::Time;

/// Keys are ours and short: "finding/<check>/<item>", "offer/<package>:<arch>/<version>", "pass/<check>". Values: when it was first seen
/// without a break (findings, offers) or last good (passes). `not_offered`: for a package source, the newest content date at which a scan
/// saw no missing fix ("source/<name>").
struct Memory {
  std::map<std::string, Time> first_seen;
  std::map<std::string, Time> last_good;
  std::map<std::string, Time> not_offered;
};
BOOST_DESCRIBE_STRUCT(Memory, (), (first_seen, last_good, not_offered))

std::optional<Time> first_seen(const Memory& memory, std::string_view key);

inline constexpr const char* kMemoryFormat = "gokajo-memory/1";
platform::Json write_memory(const Memory& memory);
platform::Result<Memory> read_memory(const platform::Json& json);

}  // namespace gokajo::compliance
