/// \file
/// The command tree of `gokajo-hub`.
#pragma once

#include <memory>

#include <CLI/App.hpp>

namespace gokajo::hub {

struct Session;

/// All commands; the one that was chosen sets the session's exit code. `session` must outlive it.
std::unique_ptr<CLI::App> command_tree(Session& session);

int run_command_line(int argc, char** argv);

}  // namespace gokajo::hub
