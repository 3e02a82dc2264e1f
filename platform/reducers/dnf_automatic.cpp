/// \file
/// automatic.conf of dnf-automatic(8) and dnf5-automatic(8), reduced to whether updates are installed and which. Where reports are mailed
/// to, and the commands that mail them, are dropped: they may hold addresses and passwords.
#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> dnf_automatic(std::string_view bytes) {
  std::string out;
  bool commands = false, in_section = false;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    // A line that begins with a blank goes on with the value above it.
    if (line.empty() || line.front() == ' ' || line.front() == '\t') continue;
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.starts_with('[')) {
      in_section = true;
      commands = line == "[commands]";
      if (commands) out.append(line).append("\n");
    } else if (!in_section) {
      return Error{ErrorKind::malformed, "no section of automatic.conf"};
    } else if (commands && (line.starts_with("apply_updates") || line.starts_with("upgrade_type"))) {
      out.append(line).append("\n");
    }
  }
  return out;
}

}  // namespace gokajo::platform::reducers
