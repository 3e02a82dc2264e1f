/// \file
/// sshd_config(5) with every line dropped but Include and Match: what sshd makes of the rest it is asked itself.
#include <algorithm>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> sshd_matches(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    std::string keyword(line.substr(0, line.find_first_of(" \t=\"")));
    for (char& c : keyword)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (keyword == "include" || keyword == "match") out.append(line).append("\n");
  }
  return out;
}

}  // namespace gokajo::platform::reducers
