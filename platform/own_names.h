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

}  // namespace gokajo::platform
