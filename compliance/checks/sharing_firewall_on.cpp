#include "compliance/checks.h"
#include "compliance/offers.h"
#include "compliance/windows_sharing.h"

namespace gokajo::compliance {
namespace {

bool serves(const OpenSocket& socket, bool ipv6) {
  const bool six = socket.address.find(':') != std::string::npos && !socket.address.starts_with("::ffff:");
  return ipv6 ? six : !six || socket.address == "::";
}

// The profiles that decide: of the networks in use; without a network that of an unknown one.
std::vector<const WindowsFirewallProfile*> deciding(const std::vector<WindowsFirewallProfile>& profiles) {
  std::vector<const WindowsFirewallProfile*> found;
  for (const auto& one : profiles)
    if (one.in_use) found.push_back(&one);
  for (const auto& one : profiles)
    if (found.empty() && one.profile == FirewallProfile::public_network) found.push_back(&one);
  return found;
}

// Windows' own firewall lets in what it should not; another one may stand in its place.
Finding windows_off(const Evidence& evidence, const WindowsFirewallProfile& profile, const char* situation) {
  const auto& sharing = evidence.sharing;
  const auto at = sharing.windows_firewall.observed_at;
  const auto& others = sharing.windows_other_firewalls;
  if (others && !others->empty()) {
    const bool good = sharing.windows_firewall_health && *sharing.windows_firewall_health == SecurityHealth::good;
    return good ? pass("other-firewall", at, {{"names", List{*others}}})
                : unknown("other-firewall-unclear", at, {{"names", List{*others}}});
  }
  auto without = profile;
  without.on = false;
  if (guard_of(evidence, without) == Guard::unclear) return unmeasured(others);
  return fail(situation, at);
}

Finding judge_windows(const Evidence& evidence) {
  const auto& firewall = evidence.sharing.windows_firewall;
  const auto& services = evidence.sharing.windows_services;
  if (!firewall) return unmeasured(firewall);
  if (!services) return unmeasured(services);
  const auto profiles = deciding(*firewall);
  if (profiles.empty()) return unknown("profiles-missing", firewall.observed_at);
  for (const auto* profile : profiles) {
    if (!service_runs(evidence, "mpssvc")) return windows_off(evidence, *profile, "windows-service-stopped");
    if (!profile->on) return windows_off(evidence, *profile, profile->by_policy ? "windows-off-by-policy" : "windows-off");
    if (profile->inbound_allowed && !profile->block_all) return windows_off(evidence, *profile, "windows-lets-all-in");
  }
  return pass("windows-on", firewall.observed_at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (on_windows(evidence)) return judge_windows(evidence);
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
