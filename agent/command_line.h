/// \file
/// The command tree of `gokajo`.
#pragma once

#include <CLI/App.hpp>
#include <memory>

namespace gokajo::agent {

/// All commands; `exit_code` is set by the one that was chosen. The man page and shell completions are made from this tree.
std::unique_ptr<CLI::App> command_tree(int& exit_code);

int run_command_line(int argc, char** argv);

}  // namespace gokajo::agent
