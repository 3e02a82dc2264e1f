#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/act_as_owner.h"

namespace gokajo::platform {

Status act_as_owner(const std::string& directory) {
  struct stat status{};
  if (geteuid() != 0 || lstat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid == 0) return Done{};
  if (setgroups(1, &status.st_gid) != 0 || setresgid(status.st_gid, status.st_gid, status.st_gid) != 0 ||
      setresuid(status.st_uid, status.st_uid, status.st_uid) != 0)
    return Error{ErrorKind::failed, directory + ": cannot go on as its owner: " + std::strerror(errno)};
  return Done{};
}

}  // namespace gokajo::platform
