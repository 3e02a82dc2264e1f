#include <algorithm>

#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/sharing.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::SecurityHealth, compliance::Sharing, compliance::WindowsRemoteDesktop;
using platform::ask, platform::AskApi, platform::AskWmi, platform::Host, platform::ReadRegistry;

namespace {

constexpr const char* kSmb1Driver = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\mrxsmb10";
constexpr const char* kServer = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters";
constexpr const char* kTerminal = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server";
constexpr const char* kTerminalPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services";
constexpr std::int64_t kDisabled = 4, kRunning = 4;    // SERVICE_DISABLED, SERVICE_RUNNING
constexpr std::int64_t kFirewall = 1, kProductOn = 0;  // WSC_SECURITY_PROVIDER_FIREWALL, WSC_SECURITY_PRODUCT_STATE_ON

// Windows' firewall and its file server; OpenSSH, IIS' FTP and NFS servers; TightVNC, UltraVNC, RealVNC (new and old).
const std::vector<std::string>& services_asked() {
  static const std::vector<std::string> names = {"mpssvc",    "LanmanServer", "sshd",      "FTPSVC", "NfsService",
                                                 "tvnserver", "uvnc_service", "vncserver", "WinVNC4"};
  return names;
}

Fact<bool> smb1_client(const Host& host) {
  const auto driver = ask(host, ReadRegistry{kSmb1Driver, {"Start"}});
  if (!driver && driver.error().kind == platform::ErrorKind::not_found) return observed(false, driver);
  const auto values = values_of(host, ReadRegistry{kSmb1Driver, {"Start"}});
  if (!values) return unavailable<bool>(values);
  const auto start = number_in(*values, "Start");
  if (!start || !*start) return malformed<bool>("Start: expected a number", values);
  return observed(**start != kDisabled, values);
}

// What is in force is asked first. Without an answer the settings only prove that it is off: no SMB1 is installed, and no value asks for
// it, or the value forbids it.
Fact<bool> smb1_server(const Host& host, const Fact<bool>& client) {
  const auto force =
      ask(host, AskWmi{"root\\Microsoft\\Windows\\SMB", "MSFT_SmbServerConfiguration", {}, {}, {}, {{"GetConfiguration", {}, 0, true}}});
  if (force) {
    if (force->rows.size() != 1) return malformed<bool>("expected one row", force);
    const auto result = number_in(force->rows.front(), "GetConfiguration.ReturnValue");
    const auto on = truth_in(force->rows.front(), "GetConfiguration.EnableSMB1Protocol");
    if (!result || result->value_or(0) != 0 || !on || !*on) return malformed<bool>("EnableSMB1Protocol: expected true or false", force);
    return observed(**on, force);
  }
  const auto values = values_of(host, ReadRegistry{kServer, {"SMB1"}});
  if (!values) return unavailable<bool>(force);
  const auto set = number_in(*values, "SMB1");
  if (!set) return malformed<bool>(set.error().detail, values);
  const bool not_installed = client && !*client;
  if (*set == std::int64_t{0} || (!*set && not_installed)) return observed(false, values);
  return unavailable<bool>(force);
}

// The setting in force alone: a value that is not set means another thing on each Windows.
Fact<bool> smb_signing(const Host& host) {
  const auto force =
      ask(host, AskWmi{"root\\Microsoft\\Windows\\SMB", "MSFT_SmbServerConfiguration", {}, {}, {}, {{"GetConfiguration", {}, 0, true}}});
  if (!force) return unavailable<bool>(force);
  if (force->rows.size() != 1) return malformed<bool>("expected one row", force);
  const auto result = number_in(force->rows.front(), "GetConfiguration.ReturnValue");
  const auto demanded = truth_in(force->rows.front(), "GetConfiguration.RequireSecuritySignature");
  if (!result || result->value_or(0) != 0 || !demanded || !*demanded)
    return malformed<bool>("RequireSecuritySignature: expected true or false", force);
  return observed(**demanded, force);
}

Fact<std::vector<std::string>> other_firewalls(const Host& host) {
  using Names = std::vector<std::string>;
  const auto products = ask(host, AskApi{.api = "security_products"});
  if (!products) return unavailable<Names>(products);
  // Nothing else tells whether a firewall of others is still there.
  if (products.no_newer) return unavailable<Names>(held_back(products));
  Names names;
  for (const auto& row : products->rows) {
    const auto provider = number_in(row, "provider"), state = number_in(row, "state");
    const auto name = text_in(row, "name");
    if (!provider || !*provider) return malformed<Names>("expected provider", products);
    if (**provider != kFirewall) continue;
    if (!state || !*state || !name || !*name) return malformed<Names>("expected name and state", products);
    if (**state == kProductOn) names.push_back(**name);
  }
  return observed(std::move(names), products);
}

Fact<SecurityHealth> firewall_health(const Host& host) {
  const auto seen = ask(host, AskApi{.api = "security_health"});
  if (!seen) return unavailable<SecurityHealth>(seen);
  for (const auto& row : seen->rows) {
    const auto provider = number_in(row, "provider"), health = number_in(row, "health");
    const auto running = truth_in(row, "service_running");
    if (!provider || *provider != kFirewall) continue;
    if (!health || !*health || **health < 0 || **health > 3 || !running || !*running)
      return malformed<SecurityHealth>("expected health and service_running", seen);
    // S_FALSE: it always says poor then.
    if (!**running) return compliance::no_fact<SecurityHealth>({platform::ErrorKind::failed, "not started"}, seen.source, seen.observed_at);
    return observed(static_cast<SecurityHealth>(**health), seen);
  }
  return malformed<SecurityHealth>("no row of the firewall", seen);
}

Fact<std::vector<std::string>> services(const Host& host) {
  using Names = std::vector<std::string>;
  const auto seen = ask(host, AskApi{.api = "services", .arguments = services_asked()});
  if (!seen) return unavailable<Names>(seen);
  if (seen->rows.empty()) return malformed<Names>("no service at all", seen);
  Names running;
  for (const auto& row : seen->rows) {
    const auto name = text_in(row, "name");
    const auto state = number_in(row, "state");
    if (!name || !*name || !state || !*state) return malformed<Names>("expected name and state", seen);
    if (**state == kRunning) running.push_back(**name);
  }
  return observed(std::move(running), seen);
}

Fact<WindowsRemoteDesktop> remote_desktop(const Host& host) {
  const auto policy = values_of(host, ReadRegistry{kTerminalPolicy, {"fDenyTSConnections", "UserAuthentication"}});
  const auto local = values_of(host, ReadRegistry{kTerminal, {"fDenyTSConnections"}});
  const auto listener = values_of(host, ReadRegistry{std::string(kTerminal) + "\\WinStations\\RDP-Tcp", {"UserAuthentication"}});
  for (const auto* values : {&policy, &local, &listener})
    if (!*values) return unavailable<WindowsRemoteDesktop>(*values);
  const auto winner = [](const platform::Row& first, const platform::Row& second, const char* name) {
    const auto above = number_in(first, name);
    return above && !*above ? number_in(second, name) : above;
  };
  const auto denied = winner(*policy, *local, "fDenyTSConnections"), nla = winner(*policy, *listener, "UserAuthentication");
  if (!denied) return malformed<WindowsRemoteDesktop>(denied.error().detail, local);
  if (!nla) return malformed<WindowsRemoteDesktop>(nla.error().detail, listener);
  WindowsRemoteDesktop found;
  if (*denied) found.enabled = **denied == 0;
  if (*nla) found.nla = **nla != 0;
  return observed(found, local);
}

}  // namespace

Sharing collect_sharing_windows(const Host& host, const compliance::Device& device) {
  Sharing sharing;
  sharing.windows_shares = collect_shares_windows(host, device);
  sharing.windows_guest = collect_guest_windows(host);
  sharing.windows_smb1_client = smb1_client(host);
  sharing.windows_smb1_server = smb1_server(host, sharing.windows_smb1_client);
  sharing.windows_firewall = collect_firewall_windows(host, device);
  sharing.windows_other_firewalls = other_firewalls(host);
  sharing.windows_firewall_health = firewall_health(host);
  sharing.windows_services = services(host);
  sharing.windows_remote_desktop = remote_desktop(host);
  sharing.windows_smb_signing = smb_signing(host);
  return sharing;
}

}  // namespace gokajo::collectors
