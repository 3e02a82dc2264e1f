#include "hub/network.h"

#include <algorithm>

#include <boost/asio/ip/address_v6.hpp>

namespace gokajo::hub {

std::string network_of(const std::string& address) {
  boost::system::error_code problem;
  const auto six = boost::asio::ip::make_address_v6(address, problem);
  if (problem || six.is_v4_mapped() || six.is_link_local()) return address;
  auto bytes = six.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace gokajo::hub
