#include "platform/linux/descendants.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace gokajo::platform {
namespace {

struct Relation {
  pid_t pid;
  pid_t parent;
};

// Field 4 of /proc/PID/stat; the name in field 2 may hold anything, so it is skipped from its last ')'.
pid_t parent_of(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  std::array<char, 1024> text{};
  const ssize_t got = read(fd, text.data(), text.size() - 1);
  close(fd);
  const char* end = got > 0 ? std::strrchr(text.data(), ')') : nullptr;
  if (!end || std::strlen(end) < 4) return 0;
  return static_cast<pid_t>(std::strtol(end + 4, nullptr, 10));
}

std::vector<Relation> all_processes() {
  std::vector<Relation> found;
  DIR* proc = opendir("/proc");
  if (!proc) return found;
  while (const dirent* entry = readdir(proc)) {
    if (std::isdigit(static_cast<unsigned char>(entry->d_name[0])) == 0) continue;
    const auto pid = static_cast<pid_t>(std::strtol(entry->d_name, nullptr, 10));
    found.push_back({pid, parent_of(pid)});
  }
  closedir(proc);
  return found;
}

std::vector<pid_t> descendants() {
  std::vector<pid_t> found{getpid()};
  const auto processes = all_processes();
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const auto& process : processes)
      if (process.parent == found[i]) found.push_back(process.pid);
  found.erase(found.begin());
  return found;
}

bool has_children() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

}  // namespace

std::set<pid_t> present_descendants() {
  if (!has_children()) return {};
  const auto all = descendants();
  return {all.begin(), all.end()};
}

void kill_descendants(std::chrono::milliseconds limit, const std::set<pid_t>& strangers) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (has_children()) {
    bool left = false;
    for (const pid_t pid : descendants()) {
      if (strangers.contains(pid)) continue;
      left = true;
      kill(pid, SIGKILL);
      waitpid(pid, nullptr, WNOHANG);
    }
    if (!left || std::chrono::steady_clock::now() >= until) return;
  }
}

}  // namespace gokajo::platform
