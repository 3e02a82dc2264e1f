/// \file
/// A folder that everybody who uses this PC may look into and nobody but its owner may write to.
#pragma once

#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// Makes `path` in a folder that is there (mode 0755; on Windows Users may read what is in it). Errors: those of own_private_directory()
/// (platform/invoker.h), not_found (no such folder above).
Status own_public_directory(const std::string& path);

/// For whoever reads in it: whether `path` is a real folder (no link) that belongs to this user or to the system itself, and that nobody
/// else may write to. Errors: not_found, denied (it is none), failed.
Status check_public_directory(const std::string& path);

}  // namespace gokajo::platform
