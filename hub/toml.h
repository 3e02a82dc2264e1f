/// \file
/// hub.toml as a tree, or the line where it is wrong.
#pragma once

#include <string_view>

#include "platform/result.h"

namespace gokajo::hub {

/// What toml++ takes for granted and some texts do not hold (a line that is only "[", found by fuzzing 3.3) must end reading, not the
/// program.
[[noreturn]] void toml_gave_up();

}  // namespace gokajo::hub

#define TOML_ASSERT(expr) ((expr) ? static_cast<void>(0) : ::gokajo::hub::toml_gave_up())
#include <toml++/toml.h>

namespace gokajo::hub {

/// Error{malformed}: "line N: what is wrong", without what stands there.
platform::Result<toml::table> toml_tree(std::string_view text);

}  // namespace gokajo::hub
