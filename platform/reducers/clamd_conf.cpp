/// \file
/// clamd.conf(5) with every line dropped but those a check needs: commands an administrator wrote into it (VirusEvent) may hold a secret.
#include <algorithm>
#include <array>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> clamd_conf(std::string_view bytes) {
  static constexpr std::array<std::string_view, 7> kKept = {"LocalSocket",       "DatabaseDirectory",  "OnAccessIncludePath",
                                                            "OnAccessMountPath", "OnAccessPrevention", "OnAccessExcludePath",
                                                            "ScanOnAccess"};
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto option = line.substr(0, std::min(line.find_first_of(" \t\r"), line.size()));
    if (std::find(kKept.begin(), kKept.end(), option) != kKept.end()) out.append(line).append("\n");
  }
  return out;
}

}  // namespace gokajo::platform::reducers
