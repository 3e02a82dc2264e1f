#include <algorithm>
#include <array>

#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/sharing.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::FirewallProfile, compliance::WindowsFirewallProfile;
using platform::ask, platform::AskApi, platform::Error, platform::ErrorKind, platform::Host, platform::ReadRegistry, platform::Result,
    platform::Row;

namespace {

using Profiles = std::vector<WindowsFirewallProfile>;

constexpr const char* kPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\";
constexpr const char* kLocal = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\";
constexpr const char* kFileSharing = "@FirewallAPI.dll,-28502";
constexpr const char* kRemoteDesktop = "@FirewallAPI.dll,-28752";

constexpr std::int64_t kOfFirewall = 1, kGood = 0;  // WSC_SECURITY_PROVIDER_FIREWALL, WSC_SECURITY_PROVIDER_HEALTH_GOOD

// NET_FW_PROFILE_TYPE2, NLM_NETWORK_CATEGORY, and the keys ("standard" is the private one, which policies also call by its name).
struct Known {
  FirewallProfile profile;
  std::int64_t number, category;
  const char* local_key;
  std::array<const char*, 2> policy_keys;
};
constexpr std::array<Known, 3> kProfiles = {{
    {FirewallProfile::domain, 1, 2, "DomainProfile", {"DomainProfile", nullptr}},
    {FirewallProfile::private_network, 2, 1, "StandardProfile", {"StandardProfile", "PrivateProfile"}},
    {FirewallProfile::public_network, 4, 0, "PublicProfile", {"PublicProfile", nullptr}},
}};

struct Settings {
  std::optional<bool> on, inbound_allowed, block_all;
};

// MS-GPFAS 2.2.2: EnableFirewall 1 on; DefaultInboundAction 1 blocks, 0 allows; DoNotAllowExceptions 1 blocks whatever the rules say.
Result<Settings> settings_at(const Host& host, const std::string& key) {
  const auto values = values_of(host, ReadRegistry{key, {"EnableFirewall", "DefaultInboundAction", "DoNotAllowExceptions"}});
  if (!values) return values.error();
  const auto on = number_in(*values, "EnableFirewall"), action = number_in(*values, "DefaultInboundAction"),
             strict = number_in(*values, "DoNotAllowExceptions");
  for (const auto* value : {&on, &action, &strict})
    if (!*value) return value->error();
  Settings found;
  if (*on) found.on = **on != 0;
  if (*action) found.inbound_allowed = **action == 0;
  if (*strict) found.block_all = **strict != 0;
  return found;
}

void lay_over(const Settings& policy, WindowsFirewallProfile& profile) {
  if (policy.on) {
    profile.on = *policy.on;
    profile.by_policy = true;
  }
  if (policy.inbound_allowed) profile.inbound_allowed = *policy.inbound_allowed;
  if (policy.block_all) profile.block_all = *policy.block_all;
}

Result<Profiles> by_api(const platform::Rows& reply) {
  Profiles profiles;
  for (const auto& known : kProfiles) {
    const auto row = std::find_if(reply.rows.begin(), reply.rows.end(), [&](const Row& one) {
      const auto number = number_in(one, "profile");
      return number && *number == known.number;
    });
    if (row == reply.rows.end()) return Error{ErrorKind::malformed, "expected three profiles"};
    const auto current = truth_in(*row, "current"), enabled = truth_in(*row, "enabled"), allowed = truth_in(*row, "inbound_allowed"),
               block = truth_in(*row, "block_all");
    for (const auto* value : {&current, &enabled, &allowed, &block}) {
      if (!*value) return value->error();
      if (!**value) return Error{ErrorKind::malformed, "expected current, enabled, inbound_allowed and block_all"};
    }
    const auto sharing = truth_in(*row, std::string("group ") + kFileSharing),
               desktop = truth_in(*row, std::string("group ") + kRemoteDesktop);
    if (!sharing) return sharing.error();
    if (!desktop) return desktop.error();
    profiles.push_back({known.profile, **current, **enabled, false, **allowed, **block, *sharing, *desktop});
  }
  return profiles;
}

// An absent value is on, and refuses what no rule names.
Result<Profiles> by_registry(const Host& host) {
  const auto networks = ask(host, AskApi{.api = "networks"});
  if (!networks) return networks.error();
  Profiles profiles;
  for (const auto& known : kProfiles) {
    const auto local = settings_at(host, std::string(kLocal) + known.local_key);
    if (!local) return local.error();
    WindowsFirewallProfile profile{.profile = known.profile, .on = true, .file_sharing = std::nullopt, .remote_desktop = std::nullopt};
    lay_over(*local, profile);
    profile.by_policy = false;
    for (const auto& row : networks->rows) {
      const auto category = number_in(row, "category");
      if (!category || !*category) return Error{ErrorKind::malformed, "networks: expected a category"};
      profile.in_use = profile.in_use || **category == known.category;
    }
    profiles.push_back(profile);
  }
  return profiles;
}

// Rules of a device management are kept elsewhere, so the settings stand for the state in force only where the Security Center calls the
// firewall good, or where there is none to ask.
bool settings_will_do(const Host& host, const compliance::Device& device) {
  const auto health = ask(host, AskApi{.api = "security_health"});
  if (!health)
    return health.error().kind == ErrorKind::unsupported && device.windows && device.windows->kind != compliance::WindowsKind::workstation;
  return std::any_of(health->rows.begin(), health->rows.end(), [](const Row& row) {
    const auto provider = number_in(row, "provider"), state = number_in(row, "health");
    const auto running = truth_in(row, "service_running");
    return provider && *provider == kOfFirewall && state && *state == kGood && running && *running == true;
  });
}

}  // namespace

Fact<Profiles> collect_firewall_windows(const Host& host, const compliance::Device& device) {
  const auto seen = ask(host, AskApi{.api = "firewall", .arguments = {kFileSharing, kRemoteDesktop}});
  const auto absent = [&](const Error& error) { return compliance::no_fact<Profiles>(error, seen.source, seen.observed_at); };
  if (!seen && !settings_will_do(host, device)) return absent(seen.error());
  auto profiles = seen ? by_api(*seen) : by_registry(host);
  if (!profiles) return absent(seen ? profiles.error() : seen.error());
  for (std::size_t i = 0; i < kProfiles.size(); ++i)
    for (const auto* key : kProfiles[i].policy_keys) {
      if (!key) continue;
      const auto policy = settings_at(host, std::string(kPolicy) + key);
      if (!policy) return absent(policy.error());
      lay_over(*policy, (*profiles)[i]);
    }
  return observed(std::move(*profiles), seen);
}

}  // namespace gokajo::collectors
