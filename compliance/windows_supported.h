/// \file
/// Whether this Windows still gets fixes, on Windows: that branch of updates.os-supported.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

Finding judge_windows_supported(const Evidence& evidence, std::int64_t warn_days, Time now);

}  // namespace gokajo::compliance
