#include <doctest/doctest.h>

#include "collectors/parse/network_manager.h"
#include "collectors/wifi.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using namespace platform;
using collectors::collect_wifi_linux;
using collectors::parse::parse_wifi_connection;
using collectors::parse::security_of_access_point;

namespace {

constexpr const char* kProfiles = "/etc/NetworkManager/system-connections";

std::vector<std::string> get(const std::string& path, const std::string& interface, std::vector<std::string> names) {
  std::vector<std::string> arguments = {
      "--system", "--json=short", "get-property", "org.freedesktop.NetworkManager", path, "org.freedesktop.NetworkManager" + interface};
  arguments.insert(arguments.end(), names.begin(), names.end());
  return arguments;
}

// A laptop with one card and a running NetworkManager; what busctl(1) prints with --json=short, one property a line.
FakeHost laptop(const std::string& flags) {
  FakeHost host;
  host.directory("/sys/class/net", {"lo", "wlp2s0"});
  host.answers(StatFile{.path = "/sys/class/net/wlp2s0/phy80211"}, Reply{FileStatusReply{}});
  Process manager;
  manager.name = "NetworkManager";
  host.answers(ListProcesses{}, Reply{Processes{{manager}}});
  host.prints("busctl", get("/org/freedesktop/NetworkManager", "", {"ActiveConnections"}),
              "{\"type\":\"ao\",\"data\":[\"/org/freedesktop/NetworkManager/ActiveConnection/1\",\"/org/freedesktop/NetworkManager/"
              "ActiveConnection/2\"]}\n");
  host.prints(
      "busctl", get("/org/freedesktop/NetworkManager/ActiveConnection/1", ".Connection.Active", {"Type", "SpecificObject"}),
      "{\"type\":\"s\",\"data\":\"802-11-wireless\"}\n{\"type\":\"o\",\"data\":\"/org/freedesktop/NetworkManager/AccessPoint/7\"}\n");
  host.prints("busctl", get("/org/freedesktop/NetworkManager/ActiveConnection/2", ".Connection.Active", {"Type", "SpecificObject"}),
              "{\"type\":\"s\",\"data\":\"loopback\"}\n{\"type\":\"o\",\"data\":\"/\"}\n");
  host.prints("busctl", get("/org/freedesktop/NetworkManager/AccessPoint/7", ".AccessPoint", {"Flags", "WpaFlags", "RsnFlags"}), flags);
  return host;
}

}  // namespace

TEST_CASE("saved connections: the section decides between open and encrypted, nm-settings-keyfile(5)") {
  const std::string head = "[connection]\ntype=wifi\n\n[wifi]\nmode=infrastructure\n";
  CHECK(parse_wifi_connection(head)->security == WifiSecurity::open);
  CHECK(parse_wifi_connection(head)->joins_by_itself);
  CHECK(parse_wifi_connection(head + "[wifi-security]\nkey-mgmt=wpa-psk\n")->security == WifiSecurity::wpa2);
  CHECK(parse_wifi_connection(head + "[wifi-security]\nkey-mgmt=sae\n")->security == WifiSecurity::wpa2);
  CHECK(parse_wifi_connection(head + "[wifi-security]\nkey-mgmt=owe\n")->security == WifiSecurity::owe);
  CHECK(parse_wifi_connection(head + "[802-11-wireless-security]\nkey-mgmt=none\n")->security == WifiSecurity::wep);
  CHECK(parse_wifi_connection(head + "[wifi-security]\n")->security == WifiSecurity::other);
  CHECK_FALSE(parse_wifi_connection("[connection]\ntype=802-11-wireless\nautoconnect=false\n")->joins_by_itself);
  CHECK_FALSE(parse_wifi_connection("[connection]\ntype=ethernet\n"));
  CHECK_FALSE(parse_wifi_connection(""));
}

TEST_CASE("access points: NM80211ApFlags and NM80211ApSecurityFlags of libnm 1.42") {
  CHECK(security_of_access_point(0x0, 0, 0) == WifiSecurity::open);
  CHECK(security_of_access_point(0x1, 0, 0) == WifiSecurity::wep);
  CHECK(security_of_access_point(0x1, 0x144, 0) == WifiSecurity::wpa1);
  CHECK(security_of_access_point(0x1, 0x144, 0x188) == WifiSecurity::wpa2);
  CHECK(security_of_access_point(0x1, 0, 0x488) == WifiSecurity::wpa2);
  CHECK(security_of_access_point(0x1, 0, 0x888) == WifiSecurity::owe);
  CHECK(security_of_access_point(0x0, 0, 0x1000) == WifiSecurity::open);  // OWE transition mode: this half is open
  CHECK(security_of_access_point(0x1, 0, 0x10000) == WifiSecurity::other);
}

TEST_CASE("the network in use is asked of NetworkManager") {
  const auto host = laptop("{\"type\":\"u\",\"data\":1}\n{\"type\":\"u\",\"data\":0}\n{\"type\":\"u\",\"data\":392}\n");
  const auto wifi = collect_wifi_linux(host);
  CHECK(*wifi.devices == std::vector<std::string>{"wlp2s0"});
  REQUIRE(wifi.in_use);
  REQUIRE(wifi.in_use->size() == 1);
  CHECK(wifi.in_use->front().security == WifiSecurity::wpa2);
  CHECK(collect_wifi_linux(laptop("{\"type\":\"u\",\"data\":0}\n{\"type\":\"u\",\"data\":0}\n{\"type\":\"u\",\"data\":0}\n"))
            .in_use->front()
            .security == WifiSecurity::open);
  for (const char* text : {"", "{\"type\":\"u\",\"data\":0}\n", "[]\n[]\n[]\n", "{\"type\":\"u\",\"data\":{}}\n"}) {
    CAPTURE(text);
    CHECK(collect_wifi_linux(laptop(text)).in_use.absent == ErrorKind::malformed);
  }
}

TEST_CASE("a card that NetworkManager does not hold leaves the network in use unknown") {
  auto host = laptop("");
  host.answers(ListProcesses{}, Reply{Processes{}});
  CHECK(collect_wifi_linux(host).in_use.absent == ErrorKind::unsupported);
}

TEST_CASE("saved networks come from NetworkManager, iwd and wpa_supplicant, by file name") {
  FakeHost host;
  host.directory("/sys/class/net", {"lo"});
  host.directory(kProfiles, {"kissa-free.nmconnection", "lan.nmconnection", ".hidden"});
  host.file(std::string(kProfiles) + "/kissa-free.nmconnection", "[connection]\ntype=wifi\n[wifi]\nmode=infrastructure\n",
            "network_connection");
  host.file(std::string(kProfiles) + "/lan.nmconnection", "[connection]\ntype=ethernet\n", "network_connection");
  host.directory("/var/lib/iwd", {"office.psk", "guest.open", "hotspot"});
  host.directory("/etc/wpa_supplicant", {"wpa_supplicant.conf", "functions.sh"});
  host.file("/etc/wpa_supplicant/wpa_supplicant.conf", "key_mgmt=WPA-PSK\nkey_mgmt=NONE\n", "network_connection");
  const auto wifi = collect_wifi_linux(host);
  REQUIRE(wifi.saved);
  std::vector<std::string> open;
  for (const auto& network : *wifi.saved)
    if (network.security == WifiSecurity::open) open.push_back(network.name);
  CHECK(open == std::vector<std::string>{"kissa-free", "guest", "wpa_supplicant.conf"});
  CHECK(wifi.saved->size() == 4);
  CHECK(wifi.devices->empty());
  CHECK(wifi.in_use->empty());
}

TEST_CASE("profiles that may not be read are denied, none is an answer") {
  FakeHost host;
  host.directory("/sys/class/net", {"lo"});
  CHECK(collect_wifi_linux(host).saved->empty());
  host.directory(kProfiles, {"office.nmconnection"});
  host.unreadable(std::string(kProfiles) + "/office.nmconnection", ErrorKind::denied, "network_connection");
  CHECK(collect_wifi_linux(host).saved.absent == ErrorKind::denied);
  CHECK_FALSE(collect_wifi_linux(FakeHost{}).devices);
}

}  // namespace gokajo::tests
