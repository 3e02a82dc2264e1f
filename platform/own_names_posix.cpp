#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>
#include <memory>

#include <net/if.h>

#include "platform/own_names.h"

namespace gokajo::platform {
namespace {

std::string address_of(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address->sa_family == AF_INET) {
    const auto* four = reinterpret_cast<const sockaddr_in*>(address);
    return inet_ntop(AF_INET, &four->sin_addr, text.data(), text.size()) ? text.data() : "";
  }
  if (address->sa_family != AF_INET6) return {};
  const auto* six = reinterpret_cast<const sockaddr_in6*>(address);
  if (IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr)) return {};
  return inet_ntop(AF_INET6, &six->sin6_addr, text.data(), text.size()) ? text.data() : "";
}

}  // namespace

OwnNames own_names() {
  OwnNames own;
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) == 0) own.host_name = name.data();
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return own;
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> list(first, &freeifaddrs);
  for (const auto* one = first; one; one = one->ifa_next) {
    if (!one->ifa_addr || (one->ifa_flags & IFF_UP) == 0 || (one->ifa_flags & IFF_LOOPBACK) != 0) continue;
    if (auto address = address_of(one->ifa_addr); !address.empty()) own.addresses.push_back(std::move(address));
  }
  return own;
}

bool is_ip_address(const std::string& text) {
  in6_addr ignored{};
  return inet_pton(AF_INET, text.c_str(), &ignored) == 1 || inet_pton(AF_INET6, text.c_str(), &ignored) == 1;
}

}  // namespace gokajo::platform
