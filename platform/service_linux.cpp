#include <malloc.h>
#include <poll.h>
#include <signal.h>
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
#include <cstdlib>
#include <cstring>

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
