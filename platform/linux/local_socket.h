/// \file
/// One request to a local daemon over its stream socket.
#pragma once

#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// Sends `request`, reads until the daemon closes, 1 MiB or 3 s. Errors: not_found (no such socket), denied, timed_out, too_large,
/// failed (nobody listens). Thread-safe.
Result<std::string> ask_local_socket(const std::string& path, const std::string& request);

}  // namespace gokajo::platform
