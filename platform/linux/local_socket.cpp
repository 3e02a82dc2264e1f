#include "platform/linux/local_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxReply = 1U << 20U;
constexpr std::chrono::milliseconds kDeadline{3000};

struct Closer {
  int fd;
  ~Closer() { close(fd); }
};

}  // namespace

Result<std::string> ask_local_socket(const std::string& path, const std::string& request) {
  const auto deadline = std::chrono::steady_clock::now() + kDeadline;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return Error{ErrorKind::unsupported, path + ": path too long for a socket"};
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return Error{ErrorKind::failed, path + ": " + std::strerror(errno)};
  const Closer closer{fd};
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    const auto kind = errno == ENOENT || errno == ENOTDIR ? ErrorKind::not_found
                      : errno == EACCES                   ? ErrorKind::denied
                      : errno == EAGAIN                   ? ErrorKind::timed_out
                                                          : ErrorKind::failed;
    return Error{kind, path + ": " + std::strerror(errno)};
  }
  std::size_t sent = 0;
  std::string reply;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) return Error{ErrorKind::timed_out, path + ": no answer within 3 s"};
    pollfd watched{fd, static_cast<short>(sent < request.size() ? POLLOUT : POLLIN), 0};
    if (poll(&watched, 1, static_cast<int>(left)) <= 0) continue;
    if (sent < request.size()) {
      const ssize_t wrote = send(fd, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
      if (wrote < 0 && errno != EAGAIN) return Error{ErrorKind::failed, path + ": " + std::strerror(errno)};
      if (wrote > 0) sent += static_cast<std::size_t>(wrote);
      continue;
    }
    std::array<char, 16384> buffer{};
    const ssize_t got = recv(fd, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EAGAIN) continue;
    if (got < 0) return Error{ErrorKind::failed, path + ": " + std::strerror(errno)};
    if (got == 0) return reply;
    reply.append(buffer.data(), static_cast<std::size_t>(got));
    if (reply.size() > kMaxReply) return Error{ErrorKind::too_large, path};
  }
}

}  // namespace gokajo::platform
