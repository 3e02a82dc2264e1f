/// \file
/// What testparm prints, with every setting dropped but those that say who may open which share: no names of directory servers, no scripts, no
/// paths of password stores. Source of the names: smb.conf(5) of Samba 4.17.
#include <algorithm>
#include <array>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

bool keeps(std::string_view key) {
  static constexpr std::array<std::string_view, 29> kKept = {"available",
                                                             "client max protocol",
                                                             "client min protocol",
                                                             "copy",
                                                             "force group",
                                                             "force user",
                                                             "guest account",
                                                             "guest ok",
                                                             "guest only",
                                                             "hosts allow",
                                                             "hosts deny",
                                                             "invalid users",
                                                             "map to guest",
                                                             "path",
                                                             "printable",
                                                             "read list",
                                                             "read only",
                                                             "registry shares",
                                                             "server max protocol",
                                                             "server min protocol",
                                                             "usershare allow guests",
                                                             "usershare max shares",
                                                             "usershare owner only",
                                                             "usershare path",
                                                             "usershare prefix allow list",
                                                             "usershare prefix deny list",
                                                             "valid users",
                                                             "write list",
                                                             "admin users"};
  return std::find(kKept.begin(), kKept.end(), key) != kKept.end();
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

Result<std::string> samba_config(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto line = trimmed(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto equals = line.find('=');
    const bool section = line.starts_with('[') && line.ends_with(']');
    if (section || (equals != std::string_view::npos && keeps(trimmed(line.substr(0, equals))))) out.append(line).append("\n");
  }
  return out;
}

}  // namespace gokajo::platform::reducers
