/// \file
/// Where a check parts between the systems.
#pragma once

#include "compliance/evidence.h"

namespace gokajo::compliance {

/// Whether this PC is known to run Windows. Where the system did not answer at all it is false, and checks say so by their own facts.
inline bool is_windows(const Evidence& evidence) { return evidence.device.system && evidence.device.system->family == OsFamily::windows; }

}  // namespace gokajo::compliance
