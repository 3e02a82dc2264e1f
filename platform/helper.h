/// \file
/// The table of helper programs (helpers.inc): the only programs Gokajo ever starts.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::platform {

struct Helper {
  std::string name;
  std::chrono::seconds deadline;
  std::vector<std::string> environment;  ///< "NAME=value", beside PATH and LC_ALL
  std::vector<std::string> paths;        ///< absolute, in order of preference
};

/// The row of that name, or nullptr. The table lives as long as the program; safe from any thread.
const Helper* find_helper(std::string_view name);

const std::vector<Helper>& all_helpers();

}  // namespace gokajo::platform
