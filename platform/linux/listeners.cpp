#include "platform/linux/listeners.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <linux/inet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>

#include "platform/linux/netlink_socket.h"
#include "platform/linux/processes.h"

namespace gokajo::platform {
namespace {

constexpr std::uint32_t kTcpListen = 10;  // include/net/tcp_states.h
constexpr std::uint32_t kUdpUnconnected = 7;
constexpr std::size_t kMaxListeners = 16384;

struct Found {
  Listener listener;
  std::uint64_t inode = 0;
};

bool request_dump(int fd, std::uint8_t family, std::uint8_t protocol, std::uint32_t state) {
  struct {
    nlmsghdr header;
    inet_diag_req_v2 request;
  } message{};
  message.header.nlmsg_len = sizeof(message);
  message.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  message.request.sdiag_family = family;
  message.request.sdiag_protocol = protocol;
  message.request.idiag_states = 1U << state;
  return send(fd, &message, sizeof(message), 0) == static_cast<ssize_t>(sizeof(message));
}

Found found_from(const nlmsghdr* header, Protocol protocol) {
  const auto* diag = static_cast<const inet_diag_msg*>(NLMSG_DATA(header));
  Found found;
  found.listener.protocol = protocol;
  found.listener.port = ntohs(diag->id.idiag_sport);
  found.inode = diag->idiag_inode;
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(diag->idiag_family, diag->id.idiag_src, text.data(), text.size());
  found.listener.address = text.data();
  int left = static_cast<int>(header->nlmsg_len - NLMSG_LENGTH(sizeof(*diag)));
  for (const auto* attribute = reinterpret_cast<const rtattr*>(diag + 1); RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
    if (attribute->rta_type == INET_DIAG_SKV6ONLY) found.listener.v6_only = *static_cast<const std::uint8_t*>(RTA_DATA(attribute)) != 0;
  return found;
}

Status dump(std::uint8_t family, Protocol protocol, std::vector<Found>& into) {
  const NetlinkSocket socket(NETLINK_SOCK_DIAG);
  const bool tcp = protocol == Protocol::tcp;
  if (socket.fd() < 0)
    return Error{errno == EACCES || errno == EPERM ? ErrorKind::denied : ErrorKind::failed,
                 std::string("sock_diag: ") + std::strerror(errno)};
  if (!request_dump(socket.fd(), family, tcp ? IPPROTO_TCP : IPPROTO_UDP, tcp ? kTcpListen : kUdpUnconnected))
    return Error{ErrorKind::failed, "sock_diag: the request was not taken"};
  alignas(nlmsghdr) std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t got = recv(socket.fd(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return Error{ErrorKind::failed, std::string("sock_diag: ") + std::strerror(errno)};
    auto left = static_cast<unsigned>(got);
    for (const auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data()); NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
      if (header->nlmsg_type == NLMSG_DONE) return Done{};
      if (header->nlmsg_type == NLMSG_ERROR) return Error{ErrorKind::failed, "sock_diag: the kernel refused the request"};
      if (header->nlmsg_len < NLMSG_LENGTH(sizeof(inet_diag_msg))) return Error{ErrorKind::malformed, "sock_diag: short message"};
      if (into.size() < kMaxListeners) into.push_back(found_from(header, protocol));
    }
  }
}

struct Owner {
  std::int64_t pid = 0;
  std::string executable;
};

// Which process holds which socket. `denied` becomes true when some process would not show its descriptors.
std::map<std::uint64_t, Owner> socket_owners(bool& denied) {
  std::map<std::uint64_t, Owner> owners;
  DIR* proc = opendir("/proc");
  if (!proc) {
    denied = true;
    return owners;
  }
  while (const dirent* entry = readdir(proc)) {
    if (std::isdigit(static_cast<unsigned char>(entry->d_name[0])) == 0) continue;
    const std::string base = std::string("/proc/") + entry->d_name;
    DIR* descriptors = opendir((base + "/fd").c_str());
    if (!descriptors) {
      denied = denied || errno == EACCES || errno == EPERM;
      continue;
    }
    std::string executable;
    while (const dirent* descriptor = readdir(descriptors)) {
      std::array<char, 64> target{};
      const ssize_t length = readlink((base + "/fd/" + descriptor->d_name).c_str(), target.data(), target.size() - 1);
      if (length <= 0) {
        denied = denied || errno == EACCES || errno == EPERM;
        continue;
      }
      if (std::strncmp(target.data(), "socket:[", 8) != 0) continue;
      if (executable.empty()) {
        std::array<char, 4096> link{};
        const ssize_t size = readlink((base + "/exe").c_str(), link.data(), link.size());
        executable = size > 0 ? split_deleted(std::string(link.data(), static_cast<std::size_t>(size))).first : "?";
      }
      owners.emplace(std::strtoull(target.data() + 8, nullptr, 10), Owner{std::strtoll(entry->d_name, nullptr, 10), executable});
    }
    closedir(descriptors);
  }
  closedir(proc);
  return owners;
}

}  // namespace

Result<Listeners> list_listeners() {
  std::vector<Found> found;
  for (const auto protocol : {Protocol::tcp, Protocol::udp})
    for (const std::uint8_t family : {AF_INET, AF_INET6})
      if (auto status = dump(family, protocol, found); !status) return status.error();
  bool denied = false;
  const auto owners = socket_owners(denied);
  Listeners all;
  for (auto& [listener, inode] : found) {
    if (const auto owner = owners.find(inode); owner != owners.end()) {
      listener.pid = owner->second.pid;
      if (owner->second.executable != "?") listener.executable = owner->second.executable;
    } else {
      listener.owner_denied = denied;
    }
    all.listeners.push_back(std::move(listener));
  }
  std::sort(all.listeners.begin(), all.listeners.end(),
            [](const auto& a, const auto& b) { return std::tie(a.protocol, a.port, a.address) < std::tie(b.protocol, b.port, b.address); });
  return all;
}

}  // namespace gokajo::platform
