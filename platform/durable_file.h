/// \file
/// Writing a file so that a crash or power cut leaves the old contents or the new, never half of them.
#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

enum class Readers { owner, everybody };

/// Written under a temporary name in the same directory (mode 0600; for everybody 0644), synced, renamed, directory synced. Errors: denied,
/// not_found (no such directory), failed (disk full, I/O error; the temporary file is removed). An existing link at `path` is replaced, not
/// followed.
Status write_file_durably(const std::string& path, std::string_view bytes, Readers readers = Readers::owner);

/// Removed, and the directory synced. What is not there is removed. Errors: denied, failed.
Status remove_file_durably(const std::string& path);

/// Gives the file `from` the name `to`, in the same directory: what it holds is synced first, the directory after. An existing `to` is
/// replaced. Errors as above; `from` stays where it is then.
Status rename_durably(const std::string& from, const std::string& to);

}  // namespace gokajo::platform
