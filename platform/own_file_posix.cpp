#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/linux/files.h"
#include "platform/own_file.h"

namespace gokajo::platform {

Result<std::string> read_own_file(const std::string& path, std::size_t max_bytes) {
  ReadFile question{.path = path, .max_bytes = static_cast<std::int64_t>(max_bytes)};
  auto contents = read_file_safely(question);
  if (!contents) return contents.error();
  const auto& status = contents->status;
  if ((status.uid != 0 && status.uid != static_cast<std::int64_t>(geteuid())) || (status.mode & 022) != 0)
    return Error{ErrorKind::denied, path + ": others can change this file"};
  return std::move(contents->bytes.data);
}

Status make_own_file(const std::string& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
  if (fd >= 0) {
    close(fd);
    return Done{};
  }
  const int code = errno;
  const auto kind = code == ENOENT || code == ENOTDIR                                   ? ErrorKind::not_found
                    : code == EACCES || code == EPERM || code == EROFS || code == ELOOP ? ErrorKind::denied
                                                                                        : ErrorKind::failed;
  return Error{kind, path + ": " + std::strerror(code)};
}

}  // namespace gokajo::platform
