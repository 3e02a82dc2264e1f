/// \file
/// The man page gokajo(1), written from the command tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/command_shapes.h"
#include "compliance/text.h"

namespace gokajo::agent {

/// roff for man(7), in UTF-8. `commands` in the same language.
std::string man_page(const std::vector<CommandShape>& commands, compliance::Language language, std::string_view version);

}  // namespace gokajo::agent
