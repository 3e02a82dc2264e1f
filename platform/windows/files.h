/// \file
/// Files and folders as questions ask for them. Owners and rights are Windows' own: what FileStatus has for them stays 0.
#pragma once

#include "platform/question.h"
#include "platform/result.h"

namespace gokajo::platform {

/// A regular file of a drive; no device, pipe or stream. Links (reparse points) are not followed: whoever made one could choose what a
/// service reads. Error{unsupported} for questions on behalf of another user.
Result<FileContents> read_file_safely(const ReadFile& question);
Result<FileStatus> file_status(const StatFile& question);
Result<Directory> list_directory(const ListDirectory& question);

}  // namespace gokajo::platform
