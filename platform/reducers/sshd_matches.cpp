/// \file
/// sshd_config(5) with every line dropped but Include and Match: what sshd makes of the rest it is asked itself.
#include "platform/reducer.h"
#include "platform/reducers/kept_lines.h"

namespace gokajo::platform::reducers {

Result<std::string> sshd_matches(std::string_view bytes) {
  return kept_lines(bytes, [](std::string_view line) {
    const auto keyword = lower_case(line.substr(0, line.find_first_of(" \t=\"")));
    return keyword == "include" || keyword == "match";
  });
}

}  // namespace gokajo::platform::reducers
