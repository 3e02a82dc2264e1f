/// \file
/// The running system as a Host. Body per system: native_host_linux.cpp, (windows, macos to come).
#pragma once

#include <memory>

#include "platform/host.h"

namespace gokajo::platform {

/// Owned by the caller; thread-safe; keeps no state.
std::unique_ptr<Host> native_host();

}  // namespace gokajo::platform
