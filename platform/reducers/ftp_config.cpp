/// \file
/// vsftpd.conf or proftpd.conf with every line dropped but those about anonymous visitors and about other files: ProFTPD's may hold the
/// password of a database.
#include "platform/reducer.h"
#include "platform/reducers/kept_lines.h"

namespace gokajo::platform::reducers {

Result<std::string> ftp_config(std::string_view bytes) {
  return kept_lines(bytes, [](std::string_view line) {
    const auto lowered = lower_case(line);
    return lowered.starts_with("anonymous_enable=") || lowered.starts_with("<anonymous") || lowered.starts_with("include");
  });
}

}  // namespace gokajo::platform::reducers
