#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/invoker.h"
#include "platform/public_directory.h"

namespace gokajo::platform {

Status own_public_directory(const std::string& path) {
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    return Error{errno == ENOENT                     ? ErrorKind::not_found
                 : errno == EACCES || errno == EROFS ? ErrorKind::denied
                                                     : ErrorKind::failed,
                 path + ": " + std::strerror(errno)};
  // A folder of this user's own in one of this user's own: nobody else can put another in its place.
  if (auto status = own_private_directory(path); !status) return status;
  if (chmod(path.c_str(), 0755) != 0) return Error{ErrorKind::failed, path + ": " + std::strerror(errno)};
  return Done{};
}

Status check_public_directory(const std::string& path) {
  struct stat status{};
  if (lstat(path.c_str(), &status) != 0)
    return Error{errno == ENOENT || errno == ENOTDIR ? ErrorKind::not_found
                 : errno == EACCES                   ? ErrorKind::denied
                                                     : ErrorKind::failed,
                 path + ": " + std::strerror(errno)};
  if (!S_ISDIR(status.st_mode)) return Error{ErrorKind::denied, path + ": not a directory"};
  if (status.st_uid != 0 && status.st_uid != geteuid())
    return Error{ErrorKind::denied, path + ": belongs to uid " + std::to_string(status.st_uid)};
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return Error{ErrorKind::denied, path + ": others may write to it"};
  return Done{};
}

}  // namespace gokajo::platform
