/// \file
/// Ends whatever a helper left behind. Works because run_process() makes this process a subreaper: an orphan, even one that made its own
/// session, becomes our direct child.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <set>

namespace gokajo::platform {

/// Children of this process, and theirs, that are there already: left by whoever became this program by exec. Mostly none, and then cheap.
std::set<pid_t> present_descendants();

/// Kills and reaps all children of this process, and theirs, but `strangers`, for at most `limit`. What is born meanwhile goes too.
void kill_descendants(std::chrono::milliseconds limit, const std::set<pid_t>& strangers);

}  // namespace gokajo::platform
