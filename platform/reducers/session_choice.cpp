/// \file
/// A user's file of AccountsService reduced to which session was chosen: it may hold a password hint too.
#include <algorithm>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> session_choice(std::string_view bytes) {
  std::string out = "[User]\n";
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.starts_with("Session=") || line.starts_with("XSession=")) out += std::string(line) + '\n';
  }
  return out;
}

}  // namespace gokajo::platform::reducers
