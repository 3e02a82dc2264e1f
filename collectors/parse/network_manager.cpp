#include "collectors/parse/network_manager.h"

#include "collectors/parse/lines.h"
#include "platform/json_form.h"

namespace gokajo::collectors::parse {

using compliance::WifiNetwork, compliance::WifiSecurity;

namespace {

WifiSecurity security_of(std::string_view key_management) {
  if (key_management == "none" || key_management == "ieee8021x") return WifiSecurity::wep;  // static and dynamic WEP
  if (key_management == "owe") return WifiSecurity::owe;
  if (key_management == "wpa-psk" || key_management == "sae" || key_management == "wpa-eap" || key_management == "wpa-eap-suite-b-192" ||
      key_management == "wpa-none")
    return key_management == "wpa-none" ? WifiSecurity::wpa1 : WifiSecurity::wpa2;
  return WifiSecurity::other;
}

// One value as text; a nested value is no answer to what is asked here.
std::optional<std::string> as_text(const platform::Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  return std::nullopt;
}

}  // namespace

std::optional<WifiNetwork> parse_wifi_connection(std::string_view keyfile) {
  std::string section;
  bool wifi = false, secured = false;
  WifiNetwork network{"", WifiSecurity::open, true};
  std::string key_management;
  for (auto line : lines(keyfile)) {
    line = trimmed(line);
    if (line.starts_with('[') && line.ends_with(']')) {
      section = line.substr(1, line.size() - 2);
      secured = secured || section == "wifi-security" || section == "802-11-wireless-security";
      continue;
    }
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    const auto key = trimmed(line.substr(0, equals)), value = trimmed(line.substr(equals + 1));
    if (section == "connection" && key == "type") wifi = value == "wifi" || value == "802-11-wireless";
    if (section == "connection" && key == "autoconnect") network.joins_by_itself = value != "false" && value != "0" && value != "no";
    if (section.ends_with("-security") && key == "key-mgmt") key_management = value;
  }
  if (!wifi) return std::nullopt;
  if (secured) network.security = security_of(key_management);
  return network;
}

WifiSecurity security_of_access_point(std::int64_t flags, std::int64_t wpa, std::int64_t rsn) {
  constexpr std::int64_t kPrivacy = 0x1, kKnown = 0x100 | 0x200 | 0x400 | 0x2000, kOwe = 0x800, kOweTransition = 0x1000;
  if ((rsn & kKnown) != 0) return WifiSecurity::wpa2;
  if ((rsn & kOwe) != 0) return WifiSecurity::owe;
  if ((rsn & ~kOweTransition) != 0) return WifiSecurity::other;
  if (wpa != 0) return WifiSecurity::wpa1;
  return (flags & kPrivacy) != 0 ? WifiSecurity::wep : WifiSecurity::open;  // the open half of a transition network is open
}

std::vector<std::vector<std::string>> parse_busctl_properties(std::string_view text) {
  std::vector<std::vector<std::string>> properties;
  for (const auto line : lines(text)) {
    const auto json = platform::parse_json(line, 64 << 10);
    if (!json || !json->is_object() || !json->contains("data")) return {};
    const auto& data = (*json)["data"];
    std::vector<std::string> values;
    const auto add = [&](const platform::Json& value) {
      auto one = as_text(value);
      if (!one) return false;
      values.push_back(std::move(*one));
      return true;
    };
    if (data.is_array()) {
      for (const auto& value : data)
        if (!add(value)) return {};
    } else if (!add(data)) {
      return {};
    }
    properties.push_back(std::move(values));
  }
  return properties;
}

}  // namespace gokajo::collectors::parse
