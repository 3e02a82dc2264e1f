#include "hub/feeds/public_address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <boost/asio/ip/address.hpp>

namespace gokajo::hub {

namespace {

namespace ip = boost::asio::ip;

struct Block {
  std::uint32_t first;
  unsigned bits;
};

// IANA's registry of special-purpose IPv4 addresses, and multicast.
constexpr std::array kSpecial = {Block{0x00000000, 8},  Block{0x0A000000, 8},  Block{0x64400000, 10}, Block{0x7F000000, 8},
                                 Block{0xA9FE0000, 16}, Block{0xAC100000, 12}, Block{0xC0000000, 24}, Block{0xC0000200, 24},
                                 Block{0xC0586300, 24}, Block{0xC0A80000, 16}, Block{0xC6120000, 15}, Block{0xC6336400, 24},
                                 Block{0xCB007100, 24}, Block{0xE0000000, 4},  Block{0xF0000000, 4}};

bool is_public(const ip::address_v4& address) {
  const auto number = static_cast<std::uint32_t>(address.to_uint());
  return std::none_of(kSpecial.begin(), kSpecial.end(),
                      [&](const Block& block) { return number >> (32U - block.bits) == block.first >> (32U - block.bits); });
}

ip::address_v4 four_in(const ip::address_v6::bytes_type& bytes, std::size_t at) {
  return ip::address_v4({bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]});
}

bool is_public(const ip::address_v6& address) {
  const auto bytes = address.to_bytes();
  const auto begins = [&](std::initializer_list<unsigned char> with) { return std::equal(with.begin(), with.end(), bytes.begin()); };
  if (address.is_v4_mapped()) return is_public(four_in(bytes, 12));
  if (begins({0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) return is_public(four_in(bytes, 12));  // NAT64, where there is no IPv4
  if (begins({0x20, 0x02})) return is_public(four_in(bytes, 2));                                       // 6to4
  // 2000::/3, but what is set apart in it: 2001::/23 (Teredo and others) and 2001:db8::/32.
  if ((bytes[0] & 0xE0U) != 0x20U) return false;
  return !(begins({0x20, 0x01}) && bytes[2] < 2) && !begins({0x20, 0x01, 0x0d, 0xb8});
}

}  // namespace

bool is_public_address(std::string_view text) {
  boost::system::error_code problem;
  const auto address = ip::make_address(std::string(text.substr(0, text.find('%'))), problem);
  if (problem) return false;
  return address.is_v4() ? is_public(address.to_v4()) : is_public(address.to_v6());
}

bool is_loopback_address(std::string_view text) {
  boost::system::error_code problem;
  const auto address = ip::make_address(std::string(text), problem);
  if (problem) return false;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return four_in(address.to_v6().to_bytes(), 12).is_loopback();
  return address.is_loopback();
}

std::string_view host_in(std::string_view url) {
  const auto from = url.find("://");
  if (from == std::string_view::npos) return {};
  auto rest = url.substr(from + 3);
  rest = rest.substr(0, std::min(rest.find_first_of("/?#"), rest.size()));
  if (rest.find('@') != std::string_view::npos) return {};
  if (rest.starts_with('[')) {
    const auto closed = rest.find(']');
    return closed == std::string_view::npos ? std::string_view() : rest.substr(1, closed - 1);
  }
  return rest.substr(0, rest.find(':'));
}

bool is_own_machine(std::string_view host) { return host == "localhost" || is_loopback_address(host); }

}  // namespace gokajo::hub
