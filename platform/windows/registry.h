/// \file
/// The registry as a question reads it. Only keys and values on the list (allowed.h); links are not followed out of the key.
#pragma once

#include "platform/question_windows.h"
#include "platform/result.h"

namespace gokajo::platform {

inline constexpr std::size_t kMaxRegistryKeys = 8192;            ///< in one reply; more is too_large
inline constexpr std::size_t kMaxRegistryValueBytes = 64 << 10;  ///< of one value; a longer one is left out

Result<Registry> read_registry(const ReadRegistry& question);

}  // namespace gokajo::platform
