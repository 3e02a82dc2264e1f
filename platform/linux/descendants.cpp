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

}  // namespace

void kill_descendants(std::chrono::milliseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (true) {
    const pid_t reaped = waitpid(-1, nullptr, WNOHANG);
    if (reaped > 0) continue;
    if (reaped < 0) return;  // ECHILD: nobody is left
    std::vector<pid_t> ours{getpid()};
    const auto processes = all_processes();
    for (std::size_t i = 0; i < ours.size(); ++i)
      for (const auto& process : processes)
        if (process.parent == ours[i]) ours.push_back(process.pid);
    for (std::size_t i = 1; i < ours.size(); ++i) kill(ours[i], SIGKILL);
    if (std::chrono::steady_clock::now() >= until) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

}  // namespace gokajo::platform
