/// \file
/// Ends whatever a helper left behind. Works because run_process() makes this process a subreaper: an orphan, even one that made its own
/// session, becomes our direct child.
#pragma once

#include <chrono>

namespace gokajo::platform {

/// Kills and reaps all children of this process, and theirs, for at most `limit`. The program has no other children than helpers.
void kill_descendants(std::chrono::milliseconds limit);

}  // namespace gokajo::platform
