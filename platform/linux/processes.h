/// \file
/// The process list from /proc: executables, owners, ages, fanotify permission groups. Arguments and environments are never read.
#pragma once

#include "platform/question.h"

namespace gokajo::platform {

Result<Processes> list_processes();

/// "/usr/bin/x (deleted)" as /proc/PID/exe shows it -> path and whether it was deleted.
std::pair<std::string, bool> split_deleted(std::string link);

}  // namespace gokajo::platform
