/// \file
/// Windows Management Instrumentation, asked in the probe child: its providers may hang, and nothing here can stop them but the end of the
/// process (evidence: windows guide 6.3).
#pragma once

#include <chrono>

#include "platform/question_windows.h"
#include "platform/result.h"

namespace gokajo::platform {

inline constexpr std::size_t kMaxWmiRows = 1024;  ///< more is too_large

/// Blocks up to `deadline`, which is looked at before every row; a method call has no deadline of its own. COM must be ready (probe.cpp).
Result<Rows> ask_wmi(const AskWmi& question, std::chrono::steady_clock::time_point deadline);

}  // namespace gokajo::platform
