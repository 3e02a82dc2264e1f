/// \file
/// Where a backup goes, without names and keys of another machine: "remote", or "local PATH". Understands borg's `location` file (a path,
/// user@host:path or URL on one line) and rsnapshot.conf(5) (the line "snapshot_root PATH", tab between).
#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> backup_place(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.starts_with('#')) continue;
    if (line.starts_with("snapshot_root")) {
      line.remove_prefix(13);
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    } else if (!line.starts_with('/') && !line.starts_with("file://") && line.find(':') == std::string_view::npos) {
      continue;
    } else if (line.find('\t') != std::string_view::npos) {
      continue;  // another option of rsnapshot.conf
    }
    if (line.starts_with("file://")) line.remove_prefix(7);
    if (line.starts_with('/')) return "local " + std::string(line.substr(0, line.find_last_not_of(" \t\r") + 1));
    return std::string("remote");
  }
  return Error{ErrorKind::malformed, "no place of a backup"};
}

}  // namespace gokajo::platform::reducers
