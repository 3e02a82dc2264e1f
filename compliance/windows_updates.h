/// \file
/// Rule 1 on Windows: what the checks of updates say there. Each is the Windows branch of the check of the same name.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

/// Whether this PC is known to run Windows. Where the system did not answer at all it is false, and checks say so by their own facts.
bool is_windows(const Evidence& evidence);

Finding judge_windows_supported(const Evidence& evidence, std::int64_t warn_days, Time now);
Finding judge_windows_installed(const Evidence& evidence, std::int64_t max_days, Time now);
Finding judge_windows_restart(const Evidence& evidence, Time now);
Finding judge_windows_automatic(const Evidence& evidence, Time now);

}  // namespace gokajo::compliance
