#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "platform/file_lock.h"

namespace gokajo::platform {

Result<std::optional<FileLock>> FileLock::take(const std::string& path) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    const int code = errno;
    const auto kind = code == EACCES || code == EPERM || code == EROFS || code == ELOOP ? ErrorKind::denied
                      : code == ENOENT || code == ENOTDIR                               ? ErrorKind::not_found
                                                                                        : ErrorKind::failed;
    return Error{kind, path + ": " + std::strerror(code)};
  }
  FileLock lock(fd);
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return std::optional<FileLock>();
    return Error{ErrorKind::failed, path + ": " + std::strerror(errno)};
  }
  return std::optional<FileLock>(std::move(lock));
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace gokajo::platform
