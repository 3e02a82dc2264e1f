/// \file
/// rsyncd.conf with everything dropped but what says who may open which module: no names of secrets files, no commands.
#include <algorithm>
#include <array>

#include "platform/reducer.h"
#include "platform/reducers/kept_lines.h"

namespace gokajo::platform::reducers {

Result<std::string> rsync_modules(std::string_view bytes) {
  return kept_lines(bytes, [](std::string_view line) {
    static constexpr std::array<std::string_view, 4> kKept = {"path", "authusers", "hostsallow", "readonly"};
    if (line.starts_with('[') || line.starts_with('&')) return true;
    std::string name;
    for (const char c : lower_case(line.substr(0, line.find('='))))
      if (c != ' ' && c != '\t' && c != '_') name += c;
    return std::find(kKept.begin(), kKept.end(), name) != kKept.end();
  });
}

}  // namespace gokajo::platform::reducers
