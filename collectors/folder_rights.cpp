#include "collectors/folder_rights.h"

#include <algorithm>

namespace gokajo::collectors {

using compliance::Access;

namespace {

constexpr std::int64_t kRead = 4, kWrite = 2, kEnter = 1;

std::int64_t bits_for(const platform::FileStatus& status, const FileIdentity& who) {
  if (who.uid == 0) return kRead | kWrite | kEnter;
  if (status.uid == who.uid) return (status.mode >> 6) & 7;
  if (std::find(who.gids.begin(), who.gids.end(), status.gid) != who.gids.end()) return (status.mode >> 3) & 7;
  return status.mode & 7;
}

// Bits of one folder; all of them when it cannot be seen, none when it is not there.
std::int64_t bits_of(const platform::Host& host, const std::string& path, const FileIdentity& who) {
  const auto seen = ask(host, platform::StatFile{.path = path});
  if (seen) return bits_for(*seen, who);
  return seen.error().kind == platform::ErrorKind::not_found ? 0 : (kRead | kWrite | kEnter);
}

}  // namespace

Access folder_access(const platform::Host& host, const std::string& path, const FileIdentity& who) {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const auto above = slash == 0 ? std::string("/") : path.substr(0, slash);
    if (above.size() < path.size() && !(bits_of(host, above, who) & kEnter)) return Access::none;
  }
  const auto bits = bits_of(host, path, who);
  if (!(bits & kEnter)) return Access::none;
  return bits & kWrite ? Access::write : bits & kRead ? Access::read : Access::none;
}

}  // namespace gokajo::collectors
