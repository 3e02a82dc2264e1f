/// \file
/// NetworkManager: saved connections as the reducer network_connection leaves them, and D-Bus properties as `busctl --json=short` prints
/// them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/wifi.h"

namespace gokajo::collectors::parse {

/// nm-settings-keyfile(5). nullopt for connections that are not Wi-Fi. The name is not in it.
std::optional<compliance::WifiNetwork> parse_wifi_connection(std::string_view keyfile);

/// Flags, WpaFlags and RsnFlags of org.freedesktop.NetworkManager.AccessPoint (NM80211ApFlags, NM80211ApSecurityFlags).
compliance::WifiSecurity security_of_access_point(std::int64_t flags, std::int64_t wpa, std::int64_t rsn);

/// The "data" of each line {"type": ..., "data": ...}: texts and numbers as text, a list as its texts. Empty when a line is not of this
/// form.
std::vector<std::vector<std::string>> parse_busctl_properties(std::string_view text);

}  // namespace gokajo::collectors::parse
