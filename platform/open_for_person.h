/// \file
/// Showing a file to the person who runs this program, with what their desktop shows such files with.
#pragma once

#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// Starts the person's own viewer of `path`, with the person's own rights and environment, and returns without waiting for it. For a
/// program that a person started: never for a service, nor with an administrator's rights, which the viewer would have too. Linux:
/// `gio open` (glib), a program and not a script; Windows: ShellExecuteW. Errors: denied (an administrator's rights are in force),
/// unsupported (no desktop, or nothing here that opens files), failed.
Status open_for_person(const std::string& path);

}  // namespace gokajo::platform
