/// \file
/// The first bytes of a Debian package (deb(5), an ar archive) reduced to the time in its first member's header: when the package was made.
#include <charconv>

#include "platform/reducer.h"
#include "platform/time.h"

namespace gokajo::platform::reducers {

Result<std::string> deb_made(std::string_view bytes) {
  // ar(5): a magic, then per member a name of 16 bytes and a time of 12, both filled up with blanks.
  constexpr std::string_view kStart = "!<arch>\ndebian-binary   ";
  if (!bytes.starts_with(kStart) || bytes.size() < kStart.size() + 12) return Error{ErrorKind::malformed, "no Debian package"};
  auto digits = bytes.substr(kStart.size(), 12);
  digits = digits.substr(0, digits.find(' '));
  std::int64_t seconds = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  const auto made = time_from_unix(seconds);
  if (problem != std::errc{} || end != digits.data() + digits.size() || seconds <= 0 || !made)
    return Error{ErrorKind::malformed, "a Debian package without the time it was made"};
  return format_time(*made) + "\n";
}

}  // namespace gokajo::platform::reducers
