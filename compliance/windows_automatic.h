/// \file
/// Whether updates install themselves, on Windows: that branch of updates.automatic.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

Finding judge_windows_automatic(const Evidence& evidence, Time now);

}  // namespace gokajo::compliance
