#include "platform/linux/processes.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "platform/linux/system.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxProcesses = 65536;

// fanotify_init/mark(2): permission events, include/uapi/linux/fanotify.h.
constexpr std::uint64_t kPermissionEvents = 0x10000 | 0x20000 | 0x40000;

std::string small_file(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  std::string text;
  std::array<char, 4096> buffer{};
  ssize_t got = 0;
  while ((got = read(fd, buffer.data(), buffer.size())) > 0 && text.size() < 65536)
    text.append(buffer.data(), static_cast<std::size_t>(got));
  close(fd);
  return text;
}

// "fanotify ino:... mflags:0 mask:10000 ignored_mask:0": a mask with a permission bit means this process may refuse an open.
bool has_permission_mark(const std::string& fdinfo) {
  std::size_t at = 0;
  while ((at = fdinfo.find("fanotify ", at)) != std::string::npos) {
    const auto end = std::min(fdinfo.find('\n', at), fdinfo.size());
    const auto line = fdinfo.substr(at, end - at);
    const auto mask = line.find(" mask:");
    if (mask != std::string::npos && (std::strtoull(line.c_str() + mask + 6, nullptr, 16) & kPermissionEvents) != 0) return true;
    at = end;
  }
  return false;
}

// nullopt when the process's descriptors may not be looked at.
std::optional<bool> fanotify_permission(const std::string& base) {
  DIR* descriptors = opendir((base + "/fd").c_str());
  if (!descriptors) return errno == EACCES || errno == EPERM ? std::nullopt : std::optional<bool>(false);
  std::optional<bool> found = false;
  while (const dirent* entry = readdir(descriptors)) {
    if (entry->d_name[0] == '.') continue;
    std::array<char, 64> target{};
    const std::string link = base + "/fd/" + entry->d_name;
    const ssize_t length = readlink(link.c_str(), target.data(), target.size());
    if (length < 0 && (errno == EACCES || errno == EPERM)) found = std::nullopt;
    if (length <= 0) continue;
    if (std::string_view(target.data(), static_cast<std::size_t>(length)) != "anon_inode:[fanotify]") continue;
    if (has_permission_mark(small_file(base + "/fdinfo/" + entry->d_name))) {
      found = true;
      break;
    }
  }
  closedir(descriptors);
  return found;
}

Time started_at(const std::string& stat, const std::optional<Time>& booted) {
  const auto name_end = stat.rfind(')');
  if (name_end == std::string::npos || !booted) return {};
  std::size_t at = name_end + 1;
  for (int field = 3; field < 22 && at != std::string::npos; ++field) at = stat.find(' ', at + 1);  // field 22: starttime in ticks
  if (at == std::string::npos) return {};
  const auto ticks = std::strtoll(stat.c_str() + at, nullptr, 10);
  return *booted + std::chrono::seconds{ticks / sysconf(_SC_CLK_TCK)};
}

}  // namespace

std::pair<std::string, bool> split_deleted(std::string link) {
  constexpr std::string_view kDeleted = " (deleted)";
  if (!link.ends_with(kDeleted)) return {std::move(link), false};
  link.resize(link.size() - kDeleted.size());
  return {std::move(link), true};
}

Result<Processes> list_processes() {
  DIR* proc = opendir("/proc");
  if (!proc) return Error{ErrorKind::failed, std::string("/proc: ") + std::strerror(errno)};
  const auto booted = boot_time();
  Processes all;
  while (const dirent* entry = readdir(proc)) {
    if (std::isdigit(static_cast<unsigned char>(entry->d_name[0])) == 0) continue;
    if (all.processes.size() >= kMaxProcesses) break;
    const std::string base = std::string("/proc/") + entry->d_name;
    struct stat status{};
    if (stat(base.c_str(), &status) != 0) continue;  // gone since
    Process process;
    process.pid = std::strtoll(entry->d_name, nullptr, 10);
    process.uid = status.st_uid;
    process.name = small_file(base + "/comm");
    if (!process.name.empty() && process.name.back() == '\n') process.name.pop_back();
    process.started = started_at(small_file(base + "/stat"), booted);
    std::array<char, 4096> link{};
    const ssize_t length = readlink((base + "/exe").c_str(), link.data(), link.size());
    if (length > 0) {
      auto [path, deleted] = split_deleted(std::string(link.data(), static_cast<std::size_t>(length)));
      process.executable = std::move(path);
      process.executable_deleted = deleted;
    } else if (length < 0) {
      process.executable_denied = errno == EACCES || errno == EPERM;
    }
    process.fanotify_permission = fanotify_permission(base);
    all.processes.push_back(std::move(process));
  }
  closedir(proc);
  std::sort(all.processes.begin(), all.processes.end(), [](const auto& a, const auto& b) { return a.pid < b.pid; });
  return all;
}

}  // namespace gokajo::platform
