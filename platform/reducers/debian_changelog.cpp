/// \file
/// A Debian changelog (deb-changelog(5)), compressed or not, reduced to one line "version<tab>date" for each of its newest entries: no
/// names, no mail addresses, no text.
#include <algorithm>

#include "platform/expanded_file.h"
#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> debian_changelog(std::string_view bytes) {
  constexpr std::size_t kMaxEntries = 40;
  auto text = expanded(bytes, 16U << 20U);
  if (!text) return text.error();
  std::string out, version;
  std::size_t entries = 0;
  std::string_view rest = *text;
  while (!rest.empty() && entries < kMaxEntries) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.size() > 1000) continue;
    if (line.starts_with(" -- ")) {
      const auto date = line.rfind(">  ");
      if (version.empty() || date == std::string_view::npos) continue;
      out.append(version).append("\t").append(line.substr(date + 3)).append("\n");
      version.clear();
      ++entries;
    } else if (!line.empty() && line[0] != ' ' && line[0] != '\t') {
      const auto open = line.find(" ("), close = line.find(')');
      if (open != std::string_view::npos && close != std::string_view::npos && open + 2 < close)
        version = line.substr(open + 2, close - open - 2);
    }
  }
  return out;
}

}  // namespace gokajo::platform::reducers
