#include <algorithm>

#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/wifi.h"

namespace gokajo::collectors {

using compliance::Device, compliance::Fact, compliance::no_fact, compliance::Wifi, compliance::WifiNetwork, compliance::WifiSecurity,
    compliance::WindowsKind;
using platform::AskApi, platform::ask, platform::ErrorKind, platform::Host, platform::Rows, platform::Seen;

namespace {

using Names = std::vector<std::string>;
using Networks = std::vector<WifiNetwork>;

constexpr std::int64_t kConnected = 1;  // wlan_interface_state_connected

// DOT11_AUTH_ALGORITHM and DOT11_CIPHER_ALGORITHM (learn.microsoft.com/windows/win32/nativewifi).
WifiSecurity security_of(std::int64_t authentication, std::int64_t cipher) {
  if (cipher == 1 || cipher == 5 || cipher == 0x101) return WifiSecurity::wep;
  switch (authentication) {
    case 1:
      return cipher == 0 ? WifiSecurity::open : WifiSecurity::other;
    case 2:
      return WifiSecurity::wep;
    case 3:
    case 4:
    case 5:
      return WifiSecurity::wpa1;
    case 6:
    case 7:
    case 8:
    case 9:
    case 11:
      return cipher == 0 ? WifiSecurity::other : WifiSecurity::wpa2;
    case 10:
      return WifiSecurity::owe;
    default:
      return WifiSecurity::other;
  }
}

// authentication and encryption of a profile (WLAN_profile schema, authEncryption).
WifiSecurity security_named(const std::string& authentication, const std::string& encryption) {
  if (encryption == "WEP" || authentication == "shared") return WifiSecurity::wep;
  if (authentication == "open") return encryption == "none" ? WifiSecurity::open : WifiSecurity::other;
  if (authentication == "WPA" || authentication == "WPAPSK") return WifiSecurity::wpa1;
  if (authentication == "OWE") return WifiSecurity::owe;
  for (const char* known : {"WPA2", "WPA2PSK", "WPA3", "WPA3SAE", "WPA3ENT", "WPA3ENT192"})
    if (authentication == known) return WifiSecurity::wpa2;
  return WifiSecurity::other;
}

// A server without the feature has no Wi-Fi; on a workstation a service that is off says nothing of the card.
bool has_none(const Device& device, const Seen<Rows>& seen) {
  return !seen && seen.error().kind == ErrorKind::unsupported && device.windows && device.windows->kind != WindowsKind::workstation;
}

Fact<Names> devices(const Seen<Rows>& seen) {
  if (!seen) return unavailable<Names>(seen);
  Names names;
  for (const auto& row : seen->rows) {
    const auto name = text_in(row, "interface");
    if (!name || !*name) return malformed<Names>("expected interface", seen);
    names.push_back(**name);
  }
  return observed(std::move(names), seen);
}

Fact<Networks> in_use(const Seen<Rows>& seen) {
  if (!seen) return unavailable<Networks>(seen);
  Networks networks;
  Fact<Networks> hidden;
  for (const auto& row : seen->rows) {
    const auto name = text_in(row, "interface");
    const auto state = number_in(row, "state"), authentication = number_in(row, "authentication"), cipher = number_in(row, "cipher");
    if (!name || !*name || !state || !*state || !authentication || !cipher)
      return malformed<Networks>("expected interface and state", seen);
    if (**state != kConnected) continue;
    if (*authentication && *cipher)
      networks.push_back({**name, security_of(**authentication, **cipher), true});
    else
      hidden = no_fact<Networks>(missing_in(row, "authentication"), seen.source, seen.observed_at);
  }
  // What one card uses in the open counts, whatever the others may not tell.
  const bool any_open = std::any_of(networks.begin(), networks.end(), [](const auto& one) { return one.security == WifiSecurity::open; });
  return hidden.source.empty() || any_open ? observed(std::move(networks), seen) : hidden;
}

Fact<Networks> saved(const Seen<Rows>& seen) {
  if (!seen) return unavailable<Networks>(seen);
  Networks networks;
  for (const auto& row : seen->rows) {
    const auto number = number_in(row, "number");
    const auto authentication = text_in(row, "authentication"), encryption = text_in(row, "encryption");
    const auto by_itself = truth_in(row, "connects_by_itself");
    if (!number || !*number || !authentication || !encryption || !by_itself) return malformed<Networks>("expected number", seen);
    if (!*authentication || !*by_itself) return no_fact<Networks>(missing_in(row, "authentication"), seen.source, seen.observed_at);
    networks.push_back({"#" + std::to_string(**number), security_named(**authentication, encryption->value_or("")), **by_itself});
  }
  return observed(std::move(networks), seen);
}

}  // namespace

Wifi collect_wifi_windows(const Host& host, const Device& device) {
  const auto now = ask(host, AskApi{.api = "wifi_in_use"});
  const auto profiles = ask(host, AskApi{.api = "wifi_saved"});
  Wifi wifi;
  if (has_none(device, now)) {
    wifi.devices = observed(Names{}, now);
    wifi.in_use = observed(Networks{}, now);
    wifi.saved = observed(Networks{}, now);
    return wifi;
  }
  wifi.devices = devices(now);
  wifi.in_use = in_use(now);
  wifi.saved = saved(profiles);
  return wifi;
}

}  // namespace gokajo::collectors
