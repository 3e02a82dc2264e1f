/// \file
/// A file that holds one moment ("2026-11-20T03:00:05.123456"), and nothing but it.
#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> timestamp(std::string_view bytes) {
  const auto text = bytes.substr(0, bytes.find_last_not_of(" \r\n") + 1);
  if (text.size() < 10 || text.size() > 40 || text.find_first_not_of("0123456789-+:.TZ ") != std::string_view::npos)
    return Error{ErrorKind::malformed, "not a moment in time"};
  return std::string(text);
}

}  // namespace gokajo::platform::reducers
