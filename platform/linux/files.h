/// \file
/// Reading files as root without being led astray by someone who is not: no link is followed out of a directory an unprivileged user can
/// write, devices, pipes and sockets are refused without being opened for data, sizes are capped, and what belongs to a user can be read
/// with that user's rights only.
#pragma once

#include "platform/question.h"

namespace gokajo::platform {

/// Thread-safe. Errors: not_found, denied (rights, unsafe link, special file, foreign owner under as_uid), too_large, failed.
Result<FileContents> read_file_safely(const ReadFile& question);

/// Opens a regular file for reading by the same rules; the caller closes it. For what is read as a stream.
Result<int> open_file_safely(const std::string& path);

Result<FileStatus> file_status(const StatFile& question);

Result<Directory> list_directory(const ListDirectory& question);

}  // namespace gokajo::platform
