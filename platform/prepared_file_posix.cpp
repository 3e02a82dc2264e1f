#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "platform/prepared_file.h"

namespace gokajo::platform {

namespace {

Error error_of(const std::string& path, int code) {
  const auto kind = code == EACCES || code == EPERM || code == EROFS ? ErrorKind::denied
                    : code == ENOENT || code == ENOTDIR              ? ErrorKind::not_found
                                                                     : ErrorKind::failed;
  return {kind, path + ": " + std::strerror(code)};
}

}  // namespace

Result<PreparedFile> PreparedFile::create(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return error_of(path, errno);
  return PreparedFile(file, path);
}

PreparedFile::PreparedFile(PreparedFile&& other) noexcept : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

PreparedFile::~PreparedFile() {
  if (file_ < 0) return;
  (void)!ftruncate(file_, 0);
  close(file_);
  unlink(path_.c_str());
}

Status PreparedFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_of(path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (fsync(file_) != 0) return error_of(path_, errno);
  close(std::exchange(file_, -1));
  return Done{};
}

}  // namespace gokajo::platform
