#include <algorithm>

#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/sign_in_windows.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::WindowsAccount, compliance::WindowsAdministrator, compliance::WindowsJoin, compliance::WindowsProfile;
using platform::AskApi, platform::ask, platform::Host, platform::ReadRegistry;

namespace {

constexpr const char* kAdministrators = "S-1-5-32-544";
constexpr const char* kProfileList = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";
constexpr std::int64_t kDisabled = 0x2, kPasswordNotRequired = 0x20;  // UF_* of lmaccess.h
constexpr std::int64_t kUser = 1;                                     // SID_NAME_USE
constexpr std::int64_t kJoinUnknown = 0, kJoinDomain = 3;             // NETSETUP_JOIN_STATUS
constexpr std::int64_t kEntraDevice = 1;                              // DSREG_JOIN_TYPE
constexpr auto kLately = platform::Days{30};

/// Of the accounts of people in a machine or domain (S-1-5-21-…) or in the cloud (S-1-12-1-…), not of services.
bool is_of_people(std::string_view sid) { return sid.starts_with("S-1-5-21-") || sid.starts_with("S-1-12-1-"); }

}  // namespace

Fact<std::vector<WindowsAccount>> collect_accounts_windows(const Host& host) {
  using Accounts = std::vector<WindowsAccount>;
  const auto users = ask(host, AskApi{.api = "users"});
  if (!users) return unavailable<Accounts>(users);
  if (users->rows.empty()) return malformed<Accounts>("a PC without any account", users);
  Accounts accounts;
  for (const auto& row : users->rows) {
    const auto sid = text_in(row, "sid"), name = text_in(row, "name");
    const auto flags = number_in(row, "flags"), last_logon = number_in(row, "last_logon");
    const auto microsoft = truth_in(row, "microsoft_account");
    if (!sid || !*sid || !name || !*name || !flags || !*flags || !last_logon || !*last_logon || !microsoft)
      return malformed<Accounts>("expected sid, name, flags and last_logon", users);
    WindowsAccount account;
    account.sid = **sid;
    account.name = **name;
    account.enabled = (**flags & kDisabled) == 0;
    account.microsoft = *microsoft;
    account.blank_allowed = (**flags & kPasswordNotRequired) != 0;
    const auto used = platform::time_from_unix(**last_logon);
    if (!used) return malformed<Accounts>("last_logon: no time", users);
    account.used_lately = **last_logon > 0 && users.observed_at - *used <= kLately;
    if (account.enabled || account.sid.ends_with("-501")) accounts.push_back(std::move(account));
  }
  return observed(std::move(accounts), users);
}

Fact<WindowsJoin> collect_join_windows(const Host& host) {
  const auto join = ask(host, AskApi{.api = "join"});
  if (!join) return unavailable<WindowsJoin>(join);
  if (join->rows.size() != 1) return malformed<WindowsJoin>("expected one row", join);
  const auto& row = join->rows.front();
  const auto domain = number_in(row, "join"), entra = number_in(row, "entra");
  if (!domain || !*domain || **domain == kJoinUnknown || !entra) return malformed<WindowsJoin>("expected join and entra", join);
  if (!*entra && platform::cell_of(row, "entra_error"))
    return compliance::no_fact<WindowsJoin>(missing_in(row, "entra"), join.source, join.observed_at);
  // Without the column this Windows does not know the directory in the cloud (before 1607).
  return observed(WindowsJoin{**domain == kJoinDomain, entra->value_or(0) == kEntraDevice}, join);
}

Fact<std::vector<WindowsProfile>> collect_profiles_windows(const Host& host) {
  using Profiles = std::vector<WindowsProfile>;
  const auto list = ask(host, ReadRegistry{.key = kProfileList, .values = {"ProfileImagePath"}, .depth = 1});
  if (!list) return unavailable<Profiles>(list);
  if (!list->denied.empty())
    return compliance::no_fact<Profiles>({platform::ErrorKind::denied, list->denied.front()}, list.source, list.observed_at);
  Profiles profiles;
  for (const auto& key : list->keys) {
    if (!is_of_people(key.path)) continue;
    const auto folder = text_in(key.values, "ProfileImagePath");
    if (!folder) return malformed<Profiles>(folder.error().detail, list);
    profiles.push_back({key.path, folder->value_or("")});
  }
  return observed(std::move(profiles), list);
}

Fact<std::vector<WindowsAdministrator>> collect_administrators_windows(const Host& host) {
  using Members = std::vector<WindowsAdministrator>;
  const auto group = ask(host, AskApi{"group_members", {kAdministrators}});
  if (!group) return unavailable<Members>(group);
  if (group->rows.empty()) return malformed<Members>("a group of administrators without members", group);
  Members members;
  for (const auto& row : group->rows) {
    const auto sid = text_in(row, "sid");
    const auto use = number_in(row, "use");
    if (!sid || !*sid || !use || !*use) return malformed<Members>("expected sid and use", group);
    members.push_back({**sid, **use != kUser});
  }
  return observed(std::move(members), group);
}

Fact<std::vector<std::string>> collect_signed_in_windows(const Host& host) {
  using Sids = std::vector<std::string>;
  const auto sessions = ask(host, AskApi{.api = "sessions"});
  if (!sessions) return unavailable<Sids>(sessions);
  Sids sids;
  for (const auto& row : sessions->rows) {
    const auto sid = text_in(row, "sid");
    if (!sid || !*sid) return malformed<Sids>("expected sid", sessions);
    if (std::find(sids.begin(), sids.end(), **sid) == sids.end()) sids.push_back(**sid);
  }
  return observed(std::move(sids), sessions);
}

}  // namespace gokajo::collectors
