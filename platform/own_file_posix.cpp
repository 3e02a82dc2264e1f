#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/linux/files.h"
#include "platform/own_file.h"

namespace gokajo::platform {
namespace {

Result<std::string> read_file_of_ours(const std::string& path, std::size_t max_bytes, std::int64_t forbidden, const char* problem) {
  ReadFile question{.path = path, .max_bytes = static_cast<std::int64_t>(max_bytes)};
  auto contents = read_file_safely(question);
  if (!contents) return contents.error();
  const auto& status = contents->status;
  if ((status.uid != 0 && status.uid != static_cast<std::int64_t>(geteuid())) || (status.mode & forbidden) != 0)
    return Error{ErrorKind::denied, path + problem};
  return std::move(contents->bytes.data);
}

}  // namespace

Result<std::string> read_own_file(const std::string& path, std::size_t max_bytes) {
  return read_file_of_ours(path, max_bytes, 022, ": others can change this file");
}

Result<std::string> read_secret_file(const std::string& path, std::size_t max_bytes) {
  return read_file_of_ours(path, max_bytes, 077, ": others can read or change this file");
}

Status make_own_file(const std::string& path) {
  // Never opens what is there: closing it would drop every fcntl() lock that this process holds on it, and SQLite's are such
  // (fcntl_locking(2), sqlite.org/howtocorrupt.html section 2.2).
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd >= 0) {
    close(fd);
    return Done{};
  }
  const int code = errno;
  struct stat status{};
  if (code == EEXIST && lstat(path.c_str(), &status) == 0)
    return S_ISREG(status.st_mode) ? Status(Done{}) : Status(Error{ErrorKind::denied, path + ": not a file"});
  const auto kind = code == ENOENT || code == ENOTDIR                                   ? ErrorKind::not_found
                    : code == EACCES || code == EPERM || code == EROFS || code == ELOOP ? ErrorKind::denied
                                                                                        : ErrorKind::failed;
  return Error{kind, path + ": " + std::strerror(code)};
}

}  // namespace gokajo::platform
