/// \file
/// The header of a ClamAV database (.cvd, .cld): 512 bytes of fields between colons, padded with blanks. What stays are the fields a check
/// needs: time, version, number of signatures, level and the time of making. Source of the form: clamav 1.4.6, libclamav/cvd.c,
/// cl_cvdparse:
///   ClamAV-VDB:build time:version:signatures:functionality level:MD5:digital signature:builder:seconds since 1970
#include <array>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> cvd_header(std::string_view bytes) {
  constexpr std::string_view kMagic = "ClamAV-VDB:";
  constexpr std::array<bool, 9> kKept = {true, true, true, true, true, false, false, false, true};
  std::string_view header = bytes.substr(0, 512);
  if (!header.starts_with(kMagic)) return Error{ErrorKind::malformed, "no ClamAV database header"};
  std::string out;
  for (const bool kept : kKept) {
    const auto end = std::min(header.find(':'), header.size());
    if (!out.empty()) out += ':';
    for (const char c : header.substr(0, end))
      if (kept && c >= ' ' && c <= '~') out += c;
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return out.substr(0, out.find_last_not_of(' ') + 1);
}

}  // namespace gokajo::platform::reducers
