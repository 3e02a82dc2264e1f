#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <iphlpapi.h>

#include <array>
#include <vector>

#include "platform/own_names.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

constexpr ULONG kEnough = 256U << 10U;  // bytes, for the addresses of some hundred adapters

std::string address_of(const SOCKADDR* address) {
  std::array<wchar_t, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (address->sa_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  if (address->sa_family == AF_INET6) {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(address);
    if (IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr)) return {};
    bytes = &six->sin6_addr;
  }
  return bytes && InetNtopW(address->sa_family, bytes, text.data(), text.size()) ? utf8(text.data()) : std::string();
}

}  // namespace

OwnNames own_names() {
  OwnNames own;
  std::array<wchar_t, 256> name{};
  DWORD length = name.size();
  if (GetComputerNameExW(ComputerNameDnsFullyQualified, name.data(), &length)) own.host_name = utf8(name.data());
  std::vector<std::byte> buffer(kEnough);
  ULONG size = kEnough;
  auto* first = reinterpret_cast<IP_ADAPTER_ADDRESSES*>(buffer.data());
  constexpr ULONG kPlain = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER | GAA_FLAG_SKIP_FRIENDLY_NAME;
  if (GetAdaptersAddresses(AF_UNSPEC, kPlain, nullptr, first, &size) != ERROR_SUCCESS) return own;
  for (const auto* adapter = first; adapter; adapter = adapter->Next) {
    if (adapter->OperStatus != IfOperStatusUp || adapter->IfType == IF_TYPE_SOFTWARE_LOOPBACK) continue;
    for (const auto* one = adapter->FirstUnicastAddress; one; one = one->Next)
      if (auto address = address_of(one->Address.lpSockaddr); !address.empty()) own.addresses.push_back(std::move(address));
  }
  return own;
}

bool is_ip_address(const std::string& text) {
  in6_addr ignored{};
  const auto given = wide(text);
  return InetPtonW(AF_INET, given.c_str(), &ignored) == 1 || InetPtonW(AF_INET6, given.c_str(), &ignored) == 1;
}

}  // namespace gokajo::platform
