/// \file
/// A command of `gokajo`: one file in agent/commands/, one line in commands.inc.
#pragma once

#include <CLI/CLI.hpp>

namespace gokajo::agent {

/// Exit codes beside those of `scan` (design.md section 5), as in sysexits.h.
enum : int { kUsage = 64, kDataError = 65, kNoInput = 66, kUnavailable = 69, kInternal = 70, kCannotCreate = 73, kNoPermission = 77, kConfig = 78 };

/// Adds a subcommand to `app`; when it is chosen it sets `exit_code` from its callback.
using AddCommand = void (*)(CLI::App& app, int& exit_code);

}  // namespace gokajo::agent
