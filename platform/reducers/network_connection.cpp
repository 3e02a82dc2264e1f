/// \file
/// A NetworkManager, netplan or wpa_supplicant style key file ("key=value" lines under "[section]") with every value dropped but those a
/// check needs: key management, type, permissions of the connection, zone. Names of networks (SSID) and all keys and passwords go.
#include <algorithm>
#include <array>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

bool keeps(std::string_view key) {
  static constexpr std::array<std::string_view, 9> kKept = {"type",     "key-mgmt",       "auth-alg", "autoconnect", "zone",
                                                            "key_mgmt", "interface-name", "mode",     "eap"};
  return std::find(kKept.begin(), kKept.end(), key) != kKept.end();
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

Result<std::string> network_connection(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto line = trimmed(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.starts_with('[') && line.ends_with(']')) {
      out.append(line).append("\n");
      continue;
    }
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const auto key = trimmed(line.substr(0, equals));
    if (keeps(key)) out.append(key).append("=").append(trimmed(line.substr(equals + 1))).append("\n");
  }
  return out;
}

}  // namespace gokajo::platform::reducers
