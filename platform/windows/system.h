/// \file
/// The machine, its processes and its sockets, as questions ask for them.
#pragma once

#include "platform/question.h"
#include "platform/result.h"

namespace gokajo::platform {

/// `kernel_release`: "10.0.26200" (RtlGetVersion); `kernel_version`: the build as text. `uid` is 0 for SYSTEM, else the last part of the
/// SID.
Result<SystemDescription> describe_system(Time now);

/// `uid` is 0: owners are not asked. Processes that may not be opened have no executable.
Result<Processes> list_processes();

/// TCP listeners and UDP sockets with their owners (GetExtendedTcpTable, GetExtendedUdpTable).
Result<Listeners> list_listeners();

}  // namespace gokajo::platform
