/// \file
/// A file of this program's own: making it, and reading back what was written earlier (memory, answers, declarations).
#pragma once

#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// The whole file, if it is a regular file of this user or root that nobody else may write, reached over no link that somebody else could
/// have made. Errors: not_found, denied (any of
/// these does not hold), too_large, failed. Thread-safe.
Result<std::string> read_own_file(const std::string& path, std::size_t max_bytes);

/// The same for a secret: denied also where anybody else may read it.
Result<std::string> read_secret_file(const std::string& path, std::size_t max_bytes);

/// Makes an empty file that its owner alone can read and write, where there is none; one that is there stays as it is. Errors: denied,
/// not_found (no such directory), failed.
Status make_own_file(const std::string& path);

}  // namespace gokajo::platform
