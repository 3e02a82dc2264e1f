/// \file
/// The packet filter of this PC, read from the kernel through nft and iptables-save, and which sockets it lets other machines reach.
#pragma once

#include <vector>

#include "collectors/packet_filter.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// The rules in force. Without root: denied. `source` names the programs asked.
platform::Seen<FilterRules> read_filter_rules_linux(const platform::Host& host);

compliance::Fact<compliance::PacketFilter> packet_filter_fact(const platform::Seen<FilterRules>& rules);

/// Sockets bound to more than loopback, each with who can reach it under `rules` (not_known when there are none).
compliance::Fact<std::vector<compliance::OpenSocket>> open_sockets(const platform::Host& host, const platform::Seen<FilterRules>& rules);

}  // namespace gokajo::collectors
