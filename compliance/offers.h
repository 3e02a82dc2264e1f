/// \file
/// What a PC offers to other machines, as the checks of rule "sharing" look at it: services by the sockets they wait on.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/sharing.h"
#include "compliance/finding.h"

namespace gokajo::compliance {

/// A service's TCP sockets taken together. `reach`: the widest of them; not_known only when none is known to be reachable.
struct Offer {
  bool offered = false;
  Reach reach = Reach::nobody;
  std::string program;  ///< file name of the executable; empty when the kernel serves or the owner could not be seen
  bool owner_known = false;
};

/// Sockets on one of `ports` or held by a program of that file name. `sockets` must have a value.
Offer offer_of(const Sharing& sharing, std::initializer_list<std::int64_t> ports, std::initializer_list<std::string_view> programs);

std::string file_name(std::string_view path);

/// "smbd (445/tcp)", "445/tcp" where its program could not be seen.
std::string socket_name(const OpenSocket& socket);

/// Sockets of DHCP clients only take answers to their own questions; every firewall leaves them open (ufw's before.rules, firewalld's
/// dhcpv6-client).
bool is_dhcp_client(const OpenSocket& socket);

/// Items named after sockets, each once.
std::vector<Parameters> socket_items(const std::vector<const OpenSocket*>& sockets);

}  // namespace gokajo::compliance
