#include <algorithm>

#include "collectors/parse/lines.h"
#include "collectors/parse/network_manager.h"
#include "collectors/seen.h"
#include "collectors/wifi.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::Wifi, compliance::WifiNetwork, compliance::WifiSecurity;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::RunHelper,
    platform::StatFile;

namespace {

using Networks = std::vector<WifiNetwork>;
constexpr const char* kService = "org.freedesktop.NetworkManager";
constexpr std::size_t kMaxActive = 16;

Fact<std::vector<std::string>> wifi_cards(const Host& host) {
  using Names = std::vector<std::string>;
  const auto all = ask(host, ListDirectory{.path = "/sys/class/net"});
  if (!all) return unavailable<Names>(all);
  Names cards;
  for (const auto& entry : all->entries) {
    const auto phy = ask(host, StatFile{.path = "/sys/class/net/" + entry.name + "/phy80211"});
    if (phy)
      cards.push_back(entry.name);
    else if (phy.error().kind != ErrorKind::not_found)
      return unavailable<Names>(phy);
  }
  return observed(std::move(cards), all);
}

// Adds what a directory's files say; false when it could not be read, and `fact` then says why. A missing directory adds nothing.
template <class Read>
bool add_from(const Host& host, const std::string& path, Fact<Networks>& fact, Read read) {
  const auto entries = ask(host, ListDirectory{.path = path});
  if (!entries && entries.error().kind == ErrorKind::not_found) return true;
  if (!entries) {
    fact = unavailable<Networks>(entries);
    return false;
  }
  for (const auto& entry : entries->entries) {
    if (entry.name.starts_with('.') || entry.name.ends_with('~') || entry.status.type == platform::FileType::directory) continue;
    if (!read(path + "/" + entry.name, entry.name)) return false;
  }
  fact.source = path;
  fact.observed_at = entries.observed_at;
  return true;
}

Fact<Networks> saved_networks(const Host& host) {
  Fact<Networks> fact;
  Networks networks;
  const auto keyfile = [&](const std::string& path, const std::string& name) {
    const auto seen = ask(host, ReadFile{.path = path, .reducer = "network_connection"});
    if (!seen && seen.error().kind == ErrorKind::not_found) return true;  // gone since
    if (!seen) {
      fact = unavailable<Networks>(seen);
      return false;
    }
    auto network = parse::parse_wifi_connection(seen->bytes.data);
    if (!network) return true;
    network->name = name.ends_with(".nmconnection") ? name.substr(0, name.size() - 13) : name;
    networks.push_back(std::move(*network));
    return true;
  };
  const auto iwd = [&](const std::string&, const std::string& name) {  // iwd.network(5): the suffix is the kind of security
    const auto dot = name.rfind('.');
    const auto suffix = dot == std::string::npos ? "" : name.substr(dot);
    if (suffix == ".open" || suffix == ".psk" || suffix == ".8021x")
      networks.push_back({name.substr(0, dot), suffix == ".open" ? WifiSecurity::open : WifiSecurity::wpa2, true});
    return true;
  };
  const auto supplicant = [&](const std::string& path, const std::string& name) {
    if (!name.ends_with(".conf")) return true;
    const auto seen = ask(host, ReadFile{.path = path, .reducer = "network_connection"});
    if (!seen) fact = unavailable<Networks>(seen);
    if (!seen) return seen.error().kind == ErrorKind::not_found;
    for (const auto line : parse::lines(seen->bytes.data))  // wpa_supplicant.conf(5): NONE is open, or WEP
      if (line == "key_mgmt=NONE") networks.push_back({name, WifiSecurity::open, true});
    return true;
  };
  for (const char* path :
       {"/etc/NetworkManager/system-connections", "/run/NetworkManager/system-connections", "/usr/lib/NetworkManager/system-connections"})
    if (!add_from(host, path, fact, keyfile)) return fact;
  if (!add_from(host, "/var/lib/iwd", fact, iwd) || !add_from(host, "/etc/wpa_supplicant", fact, supplicant)) return fact;
  const std::string source = fact.source.empty() ? "saved connections" : fact.source;
  return compliance::fact(std::move(networks), source, fact.observed_at);
}

auto property(const Host& host, const std::string& path, const std::string& interface, std::vector<std::string> names) {
  std::vector<std::string> arguments = {"--system", "--json=short", "get-property", kService, path, std::string(kService) + interface};
  arguments.insert(arguments.end(), names.begin(), names.end());
  return ask(host, RunHelper{.helper = "busctl", .arguments = std::move(arguments)});
}

// The network behind one active connection; nullopt when it is no Wi-Fi. Error: could not be asked.
platform::Result<std::optional<WifiNetwork>> active_network(const Host& host, const std::string& path) {
  using Network = std::optional<WifiNetwork>;
  const auto connection = property(host, path, ".Connection.Active", {"Type", "SpecificObject"});
  if (!connection) return connection.error();
  const auto told = parse::parse_busctl_properties(connection->out.data);
  const platform::Error unreadable{ErrorKind::malformed, path};
  if (connection->exit_code != 0 || told.size() != 2 || told[0].size() != 1 || told[1].size() != 1) return unreadable;
  if (told[0][0] != "802-11-wireless") return Network{};
  const auto point = property(host, told[1][0], ".AccessPoint", {"Flags", "WpaFlags", "RsnFlags"});
  if (!point) return point.error();
  const auto flags = parse::parse_busctl_properties(point->out.data);
  std::vector<std::int64_t> numbers;
  for (const auto& value : flags)
    if (const auto number = value.size() == 1 ? parse::number(value[0]) : std::nullopt) numbers.push_back(*number);
  if (point->exit_code != 0 || numbers.size() != 3) return unreadable;
  return Network{WifiNetwork{"", parse::security_of_access_point(numbers[0], numbers[1], numbers[2]), true}};
}

Fact<Networks> networks_in_use(const Host& host, const Fact<std::vector<std::string>>& cards) {
  if (cards && cards->empty()) return compliance::fact(Networks{}, cards.source, cards.observed_at);
  const auto list = ask(host, platform::ListProcesses{});
  if (!list) return unavailable<Networks>(list);
  const auto& processes = list->processes;
  if (std::none_of(processes.begin(), processes.end(), [](const auto& process) { return process.name == "NetworkManager"; }))
    return compliance::no_fact<Networks>({ErrorKind::unsupported, "Wi-Fi is not in the hands of NetworkManager"}, list.source,
                                         list.observed_at);
  const auto active = property(host, "/org/freedesktop/NetworkManager", "", {"ActiveConnections"});
  if (!active) return unavailable<Networks>(active);
  const auto paths = parse::parse_busctl_properties(active->out.data);
  if (active->exit_code != 0 || paths.size() != 1) return malformed<Networks>("ActiveConnections", active);
  Networks networks;
  for (std::size_t i = 0; i < paths[0].size() && i < kMaxActive; ++i) {
    auto network = active_network(host, paths[0][i]);
    if (!network) return compliance::no_fact<Networks>(network.error(), active.source, active.observed_at);
    if (*network) networks.push_back(std::move(**network));
  }
  return observed(std::move(networks), active);
}

}  // namespace

Wifi collect_wifi_linux(const Host& host) {
  Wifi wifi;
  wifi.devices = wifi_cards(host);
  wifi.saved = saved_networks(host);
  wifi.in_use = networks_in_use(host, wifi.devices);
  return wifi;
}

}  // namespace gokajo::collectors
