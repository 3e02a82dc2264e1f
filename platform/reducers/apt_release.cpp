/// \file
/// A Release or InRelease file (wiki.debian.org/DebianRepository/Format) reduced to what a scan looks at: who made it, when, until when.
/// The lists of checksums and the signature, hundreds of kilobytes, are left out.
#include <algorithm>
#include <array>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> apt_release(std::string_view bytes) {
  static constexpr std::array<std::string_view, 9> kKept = {
      "Origin:", "Label:", "Suite:", "Codename:", "Version:", "Date:", "Valid-Until:", "NotAutomatic:", "ButAutomaticUpgrades:"};
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.size() > 1000 || out.size() > 10000) continue;
    if (std::any_of(kKept.begin(), kKept.end(), [&](auto key) { return line.starts_with(key); })) out.append(line).append("\n");
  }
  if (out.empty()) return Error{ErrorKind::malformed, "no field of a Release file"};
  return out;
}

}  // namespace gokajo::platform::reducers
