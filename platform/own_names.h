/// \file
/// By which names and addresses other machines may reach this one.
#pragma once

#include <string>
#include <vector>

namespace gokajo::platform {

/// `host_name`: as the system says it, possibly without a domain. `addresses`: of the interfaces that are up, IPv4 and IPv6, without
/// loopback and link-local ones. Empty where the system does not tell.
struct OwnNames {
  std::string host_name;
  std::vector<std::string> addresses;
};

OwnNames own_names();

/// Whether a text is an IPv4 or IPv6 address, and no name.
bool is_ip_address(const std::string& text);

}  // namespace gokajo::platform
