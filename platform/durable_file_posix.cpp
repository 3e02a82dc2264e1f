#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "platform/durable_file.h"

namespace gokajo::platform {
namespace {

Error from_errno(const std::string& path) {
  const int code = errno;
  const auto kind = code == EACCES || code == EPERM || code == EROFS ? ErrorKind::denied
                    : code == ENOENT || code == ENOTDIR              ? ErrorKind::not_found
                                                                     : ErrorKind::failed;
  return {kind, path + ": " + std::strerror(code)};
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

std::string directory_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Status sync_directory(const std::string& directory) {
  const int parent = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = parent >= 0 && fsync(parent) == 0;
  const Error problem = synced ? Error{} : from_errno(directory);
  if (parent >= 0) close(parent);
  return synced ? Status(Done{}) : Status(problem);
}

}  // namespace

Status rename_durably(const std::string& from, const std::string& to) {
  const int fd = open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return from_errno(from);
  const bool synced = fsync(fd) == 0;
  const Error problem = synced ? Error{} : from_errno(from);
  close(fd);
  if (!synced) return problem;
  if (rename(from.c_str(), to.c_str()) != 0) return from_errno(to);
  return sync_directory(directory_of(to));
}

Status write_file_durably(const std::string& path, std::string_view bytes, Readers readers) {
  const std::string pattern = path + ".XXXXXX";
  std::vector<char> temporary(pattern.c_str(), pattern.c_str() + pattern.size() + 1);
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return from_errno(path);
  const bool opened = readers == Readers::owner || fchmod(fd, 0644) == 0;
  const bool written = opened && write_all(fd, bytes) && fsync(fd) == 0;
  Error problem = written ? Error{} : from_errno(path);
  close(fd);
  if (written && rename(temporary.data(), path.c_str()) == 0) return sync_directory(directory_of(path));
  if (written) problem = from_errno(path);
  unlink(temporary.data());
  return problem;
}

Status remove_file_durably(const std::string& path) {
  if (unlink(path.c_str()) != 0) return errno == ENOENT ? Status(Done{}) : Status(from_errno(path));
  return sync_directory(directory_of(path));
}

}  // namespace gokajo::platform
