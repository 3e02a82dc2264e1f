#include "compliance/windows_sharing.h"

#include <algorithm>

namespace gokajo::compliance {

bool on_windows(const Evidence& evidence) { return evidence.device.system && evidence.device.system->family == OsFamily::windows; }

bool service_runs(const Evidence& evidence, std::string_view name) {
  const auto& running = *evidence.sharing.windows_services;
  return std::find(running.begin(), running.end(), name) != running.end();
}

std::optional<bool> guest_enters(const Fact<WindowsGuest>& guest) {
  if (!guest) return std::nullopt;
  return guest->enabled && !guest->denied;
}

std::optional<Access> without_password(const WindowsShare& share, const Fact<WindowsGuest>& guest) {
  const auto enters = guest_enters(guest);
  std::optional<Access> as_guest = Access::none;
  if (!enters && share.guests != Access::none) as_guest = std::nullopt;
  if (enters && *enters) as_guest = share.guests;
  // One way in that is known to be open is enough.
  for (const auto access : {Access::write, Access::read})
    if (as_guest == access || share.anonymous == access) return access;
  if (!as_guest || !share.anonymous) return std::nullopt;
  return Access::none;
}

std::optional<Finding> windows_shares_not_judged(const Evidence& evidence) {
  const auto& sharing = evidence.sharing;
  if (sharing.windows_shares) return std::nullopt;
  // Without its service the list of shares cannot be asked, and nobody gets to one.
  if (sharing.windows_services && !service_runs(evidence, "LanmanServer"))
    return not_applicable("server-stopped", sharing.windows_services.observed_at);
  return unmeasured(sharing.windows_shares);
}

Parameters share_item(const WindowsShare& share) { return {{"name", Name{share.name}}, {"path", Name{share.path}}}; }

Finding shares_unread(const Evidence& evidence, std::vector<Parameters> items) {
  const auto& sharing = evidence.sharing;
  if (!sharing.windows_guest) return unmeasured(sharing.windows_guest);
  return unknown("rights-unread", sharing.windows_shares.observed_at, {}, std::move(items));
}

Guard guard_of(const Evidence& evidence, const WindowsFirewallProfile& profile) {
  const auto& sharing = evidence.sharing;
  if (!sharing.windows_services) return Guard::unclear;
  if (profile.on && service_runs(evidence, "mpssvc")) return Guard::windows;
  const auto& others = sharing.windows_other_firewalls;
  if (others) return others->empty() ? Guard::none : Guard::other;
  if (sharing.windows_firewall_health) return *sharing.windows_firewall_health == SecurityHealth::poor ? Guard::none : Guard::unclear;
  // A server has no Security Center that another firewall could tell itself to.
  const auto& windows = evidence.device.windows;
  const bool no_center = others.absent == ErrorKind::unsupported && windows && windows->kind != WindowsKind::workstation;
  return no_center ? Guard::none : Guard::unclear;
}

Door door_of(const Evidence& evidence, const WindowsFirewallProfile& profile, const std::optional<bool>& rules) {
  switch (guard_of(evidence, profile)) {
    case Guard::none:
      return Door::open;
    case Guard::other:
    case Guard::unclear:
      return Door::unclear;
    case Guard::windows:
      break;
  }
  if (profile.block_all) return Door::shut;
  if (profile.inbound_allowed) return Door::open;
  if (!rules) return Door::unclear;
  return *rules ? Door::open : Door::shut;
}

}  // namespace gokajo::compliance
