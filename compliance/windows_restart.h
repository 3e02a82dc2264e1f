/// \file
/// Whether a restart is due, on Windows: that branch of updates.restart-done.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

Finding judge_windows_restart(const Evidence& evidence, Time now);

}  // namespace gokajo::compliance
