#include "compliance/checks.h"
#include "compliance/offers.h"

namespace gokajo::compliance {
namespace {

bool serves(const OpenSocket& socket, bool ipv6) {
  const bool six = socket.address.find(':') != std::string::npos && !socket.address.starts_with("::ffff:");
  return ipv6 ? six : !six || socket.address == "::";
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  const auto& filter = evidence.sharing.packet_filter;
  const auto& sockets = evidence.sharing.sockets;
  if (!filter) return unmeasured(filter);
  if (filter->ipv4 == Inbound::refused && filter->ipv6 == Inbound::refused)
    return pass(filter->high_ports_open ? "on-high-ports-open" : "on", filter.observed_at);
  if (!sockets) return unmeasured(sockets);
  std::vector<const OpenSocket*> open, unclear;
  bool any = false;
  for (const auto& socket : *sockets) {
    if (is_dhcp_client(socket)) continue;
    any = true;
    for (const bool ipv6 : {false, true}) {
      if (!serves(socket, ipv6)) continue;
      const auto inbound = ipv6 ? filter->ipv6 : filter->ipv4;
      if (inbound == Inbound::accepted) open.push_back(&socket);
      if (inbound == Inbound::depends) unclear.push_back(&socket);
    }
  }
  if (!any) return not_applicable("nothing-waits", filter.observed_at);
  if (!open.empty()) {
    const bool half = filter->ipv4 == Inbound::refused || filter->ipv6 == Inbound::refused;
    const char* half_open = filter->ipv4 == Inbound::refused ? "ipv6-open" : "ipv4-open";
    return fail(half ? half_open : "off", filter.observed_at, {}, socket_items(open));
  }
  if (!unclear.empty()) return unknown("rules-unclear", filter.observed_at);
  return pass("on-where-used", filter.observed_at);
}

}  // namespace

// On means: a new connection to a port that no rule names is refused, for every version of IP on which something waits. Where nothing waits
// there is no entry to close, so without rules the check does not apply; it never passes for that.
const Check sharing_firewall_on{.id = "sharing.firewall-on", .judge = judge};

}  // namespace gokajo::compliance
