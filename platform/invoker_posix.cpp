#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "platform/invoker.h"

namespace gokajo::platform {
namespace {

constexpr int kUsualColumns = 80;

Error from_errno(const std::string& path) {
  const int code = errno;
  return {code == EACCES || code == EPERM || code == EROFS ? ErrorKind::denied : ErrorKind::failed, path + ": " + std::strerror(code)};
}

Status make_with_parents(const std::string& path) {
  for (auto slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) return from_errno(part);
    if (slash == std::string::npos) return Done{};
  }
}

}  // namespace

Invoker current_invoker() {
  Invoker who;
  who.uid = static_cast<std::int64_t>(geteuid());
  who.elevated = who.uid == 0;
  who.login = std::to_string(who.uid);
  std::vector<char> buffer(1 << 16);
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found) {
    who.login = found->pw_name;
    who.home = found->pw_dir;
  }
  if (const char* home = std::getenv("HOME"); home && home[0] == '/') who.home = home;
  who.through_sudo = who.elevated && std::getenv("SUDO_UID");
  return who;
}

bool is_terminal(Stream stream) {
  return isatty(stream == Stream::in ? STDIN_FILENO : stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO) == 1;
}

int terminal_columns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualColumns;
  return size.ws_col;
}

Status own_private_directory(const std::string& path) {
  struct stat status{};
  if (lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return from_errno(path);
    if (auto made = make_with_parents(path); !made) return made;
    if (lstat(path.c_str(), &status) != 0) return from_errno(path);
  }
  if (!S_ISDIR(status.st_mode)) return Error{ErrorKind::denied, path + ": not a directory"};
  if (status.st_uid != geteuid()) return Error{ErrorKind::denied, path + ": belongs to uid " + std::to_string(status.st_uid)};
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return Error{ErrorKind::denied, path + ": others may write to it"};
  return Done{};
}

}  // namespace gokajo::platform
