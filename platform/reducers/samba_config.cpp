/// \file
/// What testparm prints, with every setting dropped but those that say who may open which share: no names of directory servers, no scripts,
/// no paths of password stores. Source of the names: smb.conf(5) of Samba 4.17.
#include <algorithm>
#include <array>

#include "platform/reducer.h"
#include "platform/reducers/kept_lines.h"

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

}  // namespace

Result<std::string> samba_config(std::string_view bytes) {
  return kept_lines(bytes, [](std::string_view line) {
    if (line.starts_with('[') && line.ends_with(']')) return true;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return false;
    const auto key = line.substr(0, equals);
    return keeps(key.substr(0, key.find_last_not_of(" \t") + 1));
  });
}

}  // namespace gokajo::platform::reducers
