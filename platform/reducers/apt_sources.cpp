/// \file
/// sources.list(5) in both its forms with what may be a secret cut: the user and password of an address, and all comments. Whatever stands
/// between "//" and the last "@" before the next "/" or blank is dropped, also where it is no well-formed address.
#include <algorithm>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> apt_sources(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos && line[first] == '#') continue;
    // A comment behind an entry, in the one-line form; "#" may stand in a fragment of no archive's address.
    line = line.substr(0, std::min(line.find(" #"), line.find("\t#")));
    for (auto slashes = line.find("//"); slashes != std::string_view::npos; slashes = line.find("//")) {
      out += line.substr(0, slashes + 2);
      line.remove_prefix(slashes + 2);
      const auto address = line.substr(0, line.find_first_of("/ \t"));
      if (const auto at = address.rfind('@'); at != std::string_view::npos) line.remove_prefix(at + 1);
    }
    out.append(line).append("\n");
  }
  return out;
}

}  // namespace gokajo::platform::reducers
