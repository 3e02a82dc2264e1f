/// \file
/// Names with wildcards, as our own lists write them: * stands for any piece of one part, never for the separator between parts.
#pragma once

#include <string_view>

namespace gokajo::platform {

enum class Letters { exact, any_case };  ///< any_case: ASCII letters only

/// Whether `pattern` fits the whole of `name`. Takes time in proportion to both lengths at most.
bool fits(std::string_view pattern, std::string_view name, char separator, Letters letters = Letters::exact);

}  // namespace gokajo::platform
