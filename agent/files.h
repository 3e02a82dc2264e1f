/// \file
/// Files the user named on the command line: read and written with his own rights.
#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::agent {

/// "-" is standard input. Errors: not_found, denied, too_large, failed.
platform::Result<std::string> read_whole_file(const std::string& path, std::size_t max_bytes);

/// Written beside, synced and renamed, mode 0600: a reader sees the old file or the whole new one. "-" is standard output.
platform::Status write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace gokajo::agent
