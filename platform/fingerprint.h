/// \file
/// Whether files and directories are still what they were: size, times to the nanosecond, inode and device of each, and of each name in a
/// directory (one level). Contents are not read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/time.h"

namespace gokajo::platform {

/// A path that is not there counts as such. nullopt when no statement can be made: a path or directory that may not be looked at, more than
/// 16384 names, or something that changed in the two seconds before `now` and may change again within the same clock tick. Thread-safe.
std::optional<std::uint64_t> fingerprint(const std::vector<std::string>& paths, Time now);

}  // namespace gokajo::platform
