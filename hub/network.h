/// \file
/// Whose address it is, for limits that hold for a person rather than a socket.
#pragma once

#include <string>

namespace gokajo::hub {

/// Of an IPv6 address its first 64 bits, as "2001:db8:0:1::/64": whoever has one address there has them all. Link-local ones, which are
/// many PCs' on one wire, and everything else (IPv4, what is no address) as it is.
std::string network_of(const std::string& address);

}  // namespace gokajo::hub
