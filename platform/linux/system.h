/// \file
/// uname(2), boot time and rights of the running system.
#pragma once

#include "platform/question.h"

namespace gokajo::platform {

Result<SystemDescription> describe_system(Time now);

/// When the kernel started: "btime" of /proc/stat, proc(5). nullopt when it is not told.
std::optional<Time> boot_time();

}  // namespace gokajo::platform
