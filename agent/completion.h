/// \file
/// Completion scripts for shells, written from the command tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/command_shapes.h"

namespace gokajo::agent {

/// "bash", "zsh" or "fish"; nothing for any other.
std::optional<std::string> completion_script(std::string_view shell, const std::vector<CommandShape>& commands);

}  // namespace gokajo::agent
