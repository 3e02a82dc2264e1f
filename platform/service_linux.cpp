#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "platform/linux/descendants.h"
#include "platform/service.h"

namespace gokajo::platform {
namespace {

// ioprio_set(2) has no header of its own.
constexpr int kIoprioWhoProcess = 1;
constexpr int kIoprioIdle = 3 << 13;

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, one);
  return signals;
}

// A mapping of a file as /proc/self/smaps tells of it (proc(5)), while its lines come.
struct Mapping {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
  bool clean = false;  ///< of a file, not writable, and no page of it is this process's own, in memory or swapped out
};

void let_go(const Mapping& mapping) {
  // Its pages stay in the kernel's cache as long as there is room, and come back when they are touched.
  if (mapping.clean && mapping.end > mapping.begin)
    madvise(reinterpret_cast<void*>(mapping.begin), mapping.end - mapping.begin, MADV_DONTNEED);
}

// A program that sleeps nearly always keeps no code and tables of its libraries mapped.
void let_go_of_clean_files() {
  const std::unique_ptr<FILE, int (*)(FILE*)> smaps(std::fopen("/proc/self/smaps", "re"), &std::fclose);
  if (!smaps) return;
  Mapping mapping;
  char line[512];
  while (std::fgets(line, sizeof(line), smaps.get())) {
    unsigned long begin = 0, end = 0, inode = 0, kilobytes = 0;
    char rights[8] = "";
    if (std::sscanf(line, "%lx-%lx %7s %*s %*s %lu", &begin, &end, rights, &inode) == 4) {
      let_go(mapping);
      mapping = {begin, end, inode != 0 && std::string_view(rights).find('w') == std::string_view::npos};
    } else if (std::sscanf(line, "Anonymous: %lu", &kilobytes) == 1 || std::sscanf(line, "Swap: %lu", &kilobytes) == 1 ||
               std::sscanf(line, "Private_Dirty: %lu", &kilobytes) == 1 || std::sscanf(line, "Shared_Dirty: %lu", &kilobytes) == 1) {
      mapping.clean = mapping.clean && kilobytes == 0;
    }
  }
  let_go(mapping);
}

}  // namespace

Status notify_service_manager(std::string_view message) {
  const char* name = std::getenv("NOTIFY_SOCKET");
  if (!name || !*name) return Done{};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::size_t length = std::strlen(name);
  if ((name[0] != '/' && name[0] != '@') || length >= sizeof(address.sun_path)) return Error{ErrorKind::unsupported, "NOTIFY_SOCKET"};
  std::memcpy(address.sun_path, name, length);
  if (name[0] == '@') address.sun_path[0] = '\0';  // an abstract name
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return Error{ErrorKind::failed, std::string("NOTIFY_SOCKET: ") + std::strerror(errno)};
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  const auto sent = sendto(fd, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&address), size);
  const int code = errno;
  close(fd);
  return sent < 0 ? Status(Error{ErrorKind::failed, std::string("NOTIFY_SOCKET: ") + std::strerror(code)}) : Status(Done{});
}

void run_in_background() {
  setpriority(PRIO_PROCESS, 0, 19);
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);  // what one thread freed the other can use
#endif
  syscall(SYS_ioprio_set, kIoprioWhoProcess, 0, kIoprioIdle);
}

void forbid_core_dumps() {
  prctl(PR_SET_DUMPABLE, 0);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

void give_back_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
  let_go_of_clean_files();
}

void end_at_once() {
  kill_descendants(std::chrono::seconds{1}, {});
  _exit(0);
}

void ignore_broken_pipes() { signal(SIGPIPE, SIG_IGN); }

StopWish::StopWish() {
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  descriptor_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

StopWish::~StopWish() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool StopWish::wait(std::chrono::milliseconds at_most) {
  if (wished_) return true;
  pollfd wanted{descriptor_, POLLIN, 0};
  const auto limit = std::clamp<std::chrono::milliseconds::rep>(at_most.count(), 0, 24 * 3600 * 1000);
  signalfd_siginfo what{};
  if (poll(&wanted, 1, static_cast<int>(limit)) > 0 && read(descriptor_, &what, sizeof(what)) == static_cast<ssize_t>(sizeof(what)))
    wished_ = true;
  return wished_;
}

}  // namespace gokajo::platform
