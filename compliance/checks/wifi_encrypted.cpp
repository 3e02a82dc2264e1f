#include <algorithm>

#include "compliance/checks.h"
#include "compliance/is_windows.h"

namespace gokajo::compliance {
namespace {

bool readable_by_others(const WifiNetwork& network) {
  return network.security == WifiSecurity::open || network.security == WifiSecurity::wep || network.security == WifiSecurity::wpa1;
}

bool any_unclear(const std::vector<WifiNetwork>& networks) {
  return std::any_of(networks.begin(), networks.end(), [](const auto& network) { return network.security == WifiSecurity::other; });
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  const auto& wifi = evidence.extras.wifi;
  if (!wifi.devices) return unmeasured(wifi.devices);
  const auto at = wifi.devices.observed_at;
  if (wifi.in_use && std::any_of(wifi.in_use->begin(), wifi.in_use->end(), readable_by_others))
    return fail("in-use", wifi.in_use.observed_at);
  if (!wifi.saved) return unmeasured(wifi.saved);
  std::vector<Parameters> open;
  for (const auto& network : *wifi.saved)
    if (readable_by_others(network) && network.joins_by_itself) open.push_back({{"name", Name{network.name}}});
  // Without a card nothing can be joined now; the profile may be a leftover or wait for a USB adapter, so a person must tell.
  if (!open.empty() && wifi.devices->empty()) return ask("saved-without-card", at, {}, std::move(open));
  if (!open.empty()) return fail("saved", wifi.saved.observed_at, {}, std::move(open));
  if (wifi.devices->empty()) return not_applicable("no-card", at);
  // Windows tells what is in use only to programs that may know where the PC is, from 11 24H2 on; this one does not ask for that.
  if (!wifi.in_use && wifi.in_use.absent == ErrorKind::denied && is_windows(evidence)) return unknown("place-not-allowed", at);
  if (!wifi.in_use) return unmeasured(wifi.in_use);
  if (any_unclear(*wifi.saved) || any_unclear(*wifi.in_use)) return unknown("unclear", at);
  return pass("encrypted", at, {{"count", Count{static_cast<std::int64_t>(wifi.saved->size())}}});
}

}  // namespace

const Check wifi_encrypted{.id = "wifi.encrypted", .judge = judge};

}  // namespace gokajo::compliance
