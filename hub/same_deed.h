/// \file
/// Findings of one PC that one deed settles: told twice, they would be two things to do.
#pragma once

#include <algorithm>
#include <string>

namespace gokajo::hub {

/// Whether the finding asks for no deed of its own beside another of `others` (whose `check` is read): a folder that lets strangers in
/// fails two checks, and is closed once.
template <class Others, class CheckOf>
bool is_same_deed(const std::string& check, const std::string& situation, const Others& others, const CheckOf& check_of) {
  return check == "sharing.folders-restricted" && situation == "open-to-all" &&
         std::any_of(others.begin(), others.end(), [&](const auto& one) { return check_of(one) == "sharing.guest-access-off"; });
}

}  // namespace gokajo::hub
