#include <sys/stat.h>

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

}  // namespace gokajo::platform
