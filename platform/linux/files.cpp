#include "platform/linux/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>

namespace gokajo::platform {
namespace {

constexpr int kMaxLinks = 40;  // as the kernel's own limit, path_resolution(7)

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

Error from_errno(const std::string& path) {
  const int code = errno;
  ErrorKind kind = ErrorKind::failed;
  if (code == ENOENT || code == ENOTDIR) kind = ErrorKind::not_found;
  if (code == EACCES || code == EPERM || code == ELOOP) kind = ErrorKind::denied;
  return {kind, path + ": " + std::strerror(code)};
}

std::deque<std::string> parts_of(std::string_view path) {
  std::deque<std::string> parts;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (end > 0 && path.substr(0, end) != ".") parts.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

// Only its owner can put names into the directory, and the owner is root or ourselves.
bool only_trusted_can_write(const struct stat& directory) {
  return (directory.st_uid == 0 || directory.st_uid == geteuid()) && (directory.st_mode & 022) == 0;
}

// Opens `path` part by part. A link is followed only when it lies in a directory that only root (or we) can write.
Result<Descriptor> open_safely(const std::string& path, int flags) {
  if (path.empty() || path[0] != '/') return Error{ErrorKind::denied, path + ": not an absolute path"};
  std::deque<std::string> parts = parts_of(path);
  Descriptor current(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!current.valid()) return from_errno(path);
  int links = 0;
  while (!parts.empty()) {
    const std::string part = parts.front();
    parts.pop_front();
    Descriptor next(openat(current.get(), part.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!next.valid()) return from_errno(path);
    struct stat status{};
    if (fstat(next.get(), &status) != 0) return from_errno(path);
    if (S_ISLNK(status.st_mode)) {
      struct stat directory{};
      if (fstat(current.get(), &directory) != 0) return from_errno(path);
      if (!only_trusted_can_write(directory))
        return Error{ErrorKind::denied,
                     std::string(path).append(": \"").append(part).append("\" is a link in a directory that others can write")};
      if (++links > kMaxLinks) return Error{ErrorKind::denied, path + ": too many links"};
      std::array<char, 4096> target{};
      const ssize_t length = readlinkat(next.get(), "", target.data(), target.size() - 1);
      if (length <= 0) return from_errno(path);
      const std::string_view text(target.data(), static_cast<std::size_t>(length));
      const auto more = parts_of(text);
      parts.insert(parts.begin(), more.begin(), more.end());
      if (text[0] == '/') {
        current = Descriptor(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!current.valid()) return from_errno(path);
      }
      continue;
    }
    current = std::move(next);
  }
  if (flags == O_PATH) return current;
  struct stat status{};
  if (fstat(current.get(), &status) != 0) return from_errno(path);
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return Error{ErrorKind::denied, path + ": neither a file nor a directory"};
  // The descriptor in hand is opened again for reading, so nothing can be swapped in between.
  const std::string self = "/proc/self/fd/" + std::to_string(current.get());
  Descriptor opened(open(self.c_str(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!opened.valid()) return from_errno(path);
  return opened;
}

FileStatus status_of(const struct stat& from) {
  FileStatus status;
  status.type = S_ISREG(from.st_mode)   ? FileType::regular
                : S_ISDIR(from.st_mode) ? FileType::directory
                : S_ISLNK(from.st_mode) ? FileType::link
                                        : FileType::other;
  status.mode = from.st_mode & 07777;
  status.uid = from.st_uid;
  status.gid = from.st_gid;
  status.size = from.st_size;
  // The owner of a file may give it any time at all.
  status.modified = std::clamp(Time{std::chrono::seconds{from.st_mtim.tv_sec}}, kFirstTime, kLastTime);
  status.changed = std::clamp(Time{std::chrono::seconds{from.st_ctim.tv_sec}}, kFirstTime, kLastTime);
  return status;
}

// The calling thread reads with another user's rights while this lives: setfsuid(2) also drops root's file capabilities.
class FileRightsOf {
 public:
  explicit FileRightsOf(const std::optional<std::int64_t>& uid) {
    if (!uid || static_cast<uid_t>(*uid) == geteuid()) return;
    if (geteuid() != 0) {
      refused_ = true;
      return;
    }
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 16384> buffer{};
    getpwuid_r(static_cast<uid_t>(*uid), &entry, buffer.data(), buffer.size(), &found);
    if (!found) {
      refused_ = true;
      return;
    }
    groups_.resize(64);
    const int count = getgroups(static_cast<int>(groups_.size()), groups_.data());
    groups_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    // The raw call changes this thread only; glibc's wrapper would change them all.
    syscall(SYS_setgroups, 0, nullptr);
    setfsgid(found->pw_gid);
    setfsuid(found->pw_uid);
    active_ = true;
  }
  ~FileRightsOf() {
    if (!active_) return;
    setfsuid(geteuid());
    setfsgid(getegid());
    syscall(SYS_setgroups, groups_.size(), groups_.data());
  }
  FileRightsOf(const FileRightsOf&) = delete;
  FileRightsOf& operator=(const FileRightsOf&) = delete;
  bool refused() const { return refused_; }

 private:
  bool active_ = false;
  bool refused_ = false;
  std::vector<gid_t> groups_;
};

}  // namespace

Result<FileContents> read_file_safely(const ReadFile& question) {
  const FileRightsOf rights(question.as_uid);
  if (rights.refused()) return Error{ErrorKind::denied, question.path + ": cannot read as uid " + std::to_string(*question.as_uid)};
  auto opened = open_safely(question.path, O_RDONLY);
  if (!opened) return opened.error();
  struct stat status{};
  if (fstat(opened->get(), &status) != 0) return from_errno(question.path);
  if (!S_ISREG(status.st_mode)) return Error{ErrorKind::denied, question.path + ": not a regular file"};
  if (question.as_uid && status.st_uid != static_cast<uid_t>(*question.as_uid))
    return Error{ErrorKind::denied, question.path + ": belongs to another user"};
  const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(question.max_bytes, 0));
  const auto wanted =
      question.prefix_bytes ? std::min(limit, static_cast<std::size_t>(std::max<std::int64_t>(*question.prefix_bytes, 0))) : limit + 1;
  if (!question.prefix_bytes && status.st_size > 0 && static_cast<std::size_t>(status.st_size) > limit)
    return Error{ErrorKind::too_large, question.path + ": " + std::to_string(status.st_size) + " bytes"};
  FileContents contents;
  contents.status = status_of(status);
  std::array<char, 65536> buffer{};
  while (true) {  // files of /proc say size 0, so the end is found by reading
    const std::size_t left = wanted - contents.bytes.data.size();
    if (left == 0) return contents;
    const ssize_t got = read(opened->get(), buffer.data(), std::min(buffer.size(), left));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return from_errno(question.path);
    if (got == 0) return contents;
    contents.bytes.data.append(buffer.data(), static_cast<std::size_t>(got));
    if (contents.bytes.data.size() > limit)
      return Error{ErrorKind::too_large, question.path + ": more than " + std::to_string(limit) + " bytes"};
  }
}

Result<int> open_file_safely(const std::string& path) {
  auto opened = open_safely(path, O_RDONLY);
  if (!opened) return opened.error();
  struct stat status{};
  if (fstat(opened->get(), &status) != 0) return from_errno(path);
  if (!S_ISREG(status.st_mode)) return Error{ErrorKind::denied, path + ": not a regular file"};
  const int descriptor = fcntl(opened->get(), F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) return from_errno(path);
  return descriptor;
}

Result<FileStatus> file_status(const StatFile& question) {
  struct stat status{};
  const int flags = question.follow ? 0 : AT_SYMLINK_NOFOLLOW;
  if (fstatat(AT_FDCWD, question.path.c_str(), &status, flags) != 0) return from_errno(question.path);
  FileStatus result = status_of(status);
  if (result.type == FileType::link) {
    std::array<char, 4096> target{};
    const ssize_t length = readlink(question.path.c_str(), target.data(), target.size());
    if (length > 0) result.link_target = std::string(target.data(), static_cast<std::size_t>(length));
  }
  return result;
}

Result<Directory> list_directory(const ListDirectory& question) {
  auto opened = open_safely(question.path, O_RDONLY | O_DIRECTORY);
  if (!opened) return opened.error();
  const int copy = fcntl(opened->get(), F_DUPFD_CLOEXEC, 0);
  DIR* stream = copy >= 0 ? fdopendir(copy) : nullptr;
  if (!stream) return from_errno(question.path);
  Directory directory;
  bool too_many = false;
  while (const dirent* entry = readdir(stream)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (static_cast<std::int64_t>(directory.entries.size()) >= question.max_entries) {
      too_many = true;
      break;
    }
    struct stat status{};
    if (fstatat(opened->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;  // gone since
    DirectoryEntry found{name, status_of(status)};
    if (found.status.type == FileType::link) {
      std::array<char, 4096> target{};
      const ssize_t length = readlinkat(opened->get(), name.c_str(), target.data(), target.size());
      if (length > 0) found.status.link_target = std::string(target.data(), static_cast<std::size_t>(length));
    }
    directory.entries.push_back(std::move(found));
  }
  closedir(stream);
  if (too_many) return Error{ErrorKind::too_large, question.path + ": more than " + std::to_string(question.max_entries) + " names"};
  std::sort(directory.entries.begin(), directory.entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return directory;
}

}  // namespace gokajo::platform
