/// \file
/// Which monthly update is in force, on Windows: that branch of updates.security-installed.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

Finding judge_windows_installed(const Evidence& evidence, std::int64_t max_days, Time now);

}  // namespace gokajo::compliance
