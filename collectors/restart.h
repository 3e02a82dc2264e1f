/// \file
/// What the restart collectors of all families share.
#pragma once

#include <string_view>

#include "compliance/evidence/updates.h"

namespace gokajo::collectors {

inline constexpr std::size_t kMaxKernels = 1000;

/// The oldest of what waits decides since when.
inline void note_since(compliance::RestartState& state, compliance::Time time) {
  if (!state.since || time < *state.since) state.since = time;
}

/// Whether this is a kernel's release as a folder of /usr/lib/modules may be named: no slash, no dots alone, nothing a program could take
/// for an option.
inline bool is_kernel_release(std::string_view release) {
  return !release.empty() && release.size() <= 64 && release[0] >= '0' && release[0] <= '9' &&
         release.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+_-~") == std::string_view::npos;
}

}  // namespace gokajo::collectors
