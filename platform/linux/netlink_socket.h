/// \file
/// A netlink socket that is closed at its end and waits two seconds for an answer (netlink(7)).
#pragma once

#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace gokajo::platform {

class NetlinkSocket {
 public:
  explicit NetlinkSocket(int protocol) : fd_(socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, protocol)) {
    const timeval limit{2, 0};
    if (fd_ >= 0) setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  }
  ~NetlinkSocket() {
    if (fd_ >= 0) close(fd_);
  }
  NetlinkSocket(const NetlinkSocket&) = delete;
  NetlinkSocket& operator=(const NetlinkSocket&) = delete;
  /// Negative where the kernel gave none; errno says why.
  int fd() const { return fd_; }

 private:
  int fd_;
};

}  // namespace gokajo::platform
