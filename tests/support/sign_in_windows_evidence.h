/// \file
/// A Windows PC of an office as its checks see it: one person, everything told, nothing wrong but that no rule is set.
#pragma once

#include "compliance/evidence.h"

namespace gokajo::tests {

inline constexpr const char* kMachine = "S-1-5-21-3623811015-3361044348-30300820-";

inline compliance::WindowsAccount windows_account(const std::string& name, std::int64_t rid, bool microsoft = false) {
  return {kMachine + std::to_string(rid), name, true, microsoft, false, true};
}

inline compliance::Evidence windows_evidence(compliance::WindowsKind kind = compliance::WindowsKind::workstation) {
  using namespace compliance;
  const auto now = *platform::parse_time("2026-11-22T00:00:00Z");
  Evidence evidence;
  System system;
  system.family = OsFamily::windows;
  evidence.device.system = fact(std::move(system), "system", now);
  WindowsRelease release;
  release.kind = kind;
  evidence.device.windows = fact(std::move(release), "product", now);
  auto& windows = evidence.passwords.windows;
  windows.rules = fact(WindowsPasswordRules{0, 10}, "password_rules", now);
  windows.kinds_demanded = fact(false, "password_properties", now);
  auto guest = windows_account("Guest", 501);
  guest.enabled = guest.used_lately = false;
  guest.blank_allowed = true;
  windows.accounts = fact(std::vector{guest, windows_account("tanaka", 1001)}, "users", now);
  windows.join = fact(WindowsJoin{}, "join", now);
  windows.profiles = fact(std::vector<WindowsProfile>{{kMachine + std::string("1001"), "C:\\Users\\tanaka"}}, "profiles", now);
  windows.guest_kept_off_network = fact(true, "account_rights", now);
  windows.auto_login = fact(WindowsAutoLogin{}, "winlogon", now);
  windows.administrators = fact(std::vector<WindowsAdministrator>{{kMachine + std::string("500"), false}}, "group_members", now);
  windows.signed_in = fact(std::vector<std::string>{kMachine + std::string("1001")}, "sessions", now);
  windows.idle_lock = fact(WindowsIdleLock{}, "policies", now);
  windows.sleep = fact(WindowsSleep{900, true, std::nullopt, false, false}, "power", now);
  windows.screen_savers[kMachine + std::string("1001")] = fact(WindowsScreenSaver{}, "desktop", now);
  return evidence;
}

}  // namespace gokajo::tests
