/// \file
/// How people sign in on Windows: accounts of this PC (SAM) and of others, the rules for their passwords, and the ways in without one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// What this PC demands of the accounts it keeps itself. `lockout_threshold` 0: never locks; absent: Windows did not tell it.
struct WindowsPasswordRules {
  std::int64_t min_length = 0;
  std::optional<std::int64_t> lockout_threshold;
};
BOOST_DESCRIBE_STRUCT(WindowsPasswordRules, (), (min_length, lockout_threshold))

/// An account of this PC: every one that is switched on, and Guest (RID 501) always. `microsoft`: it stands for a Microsoft account, which
/// this PC's rules do not reach; absent: Windows did not tell. `blank_allowed`: UF_PASSWD_NOTREQD, which does not say that it is blank.
/// `used_lately`: within the last 30 days; when, is not kept.
struct WindowsAccount {
  std::string sid;
  std::string name;
  bool enabled = false;
  std::optional<bool> microsoft;
  bool blank_allowed = false;
  bool used_lately = false;
};
BOOST_DESCRIBE_STRUCT(WindowsAccount, (), (sid, name, enabled, microsoft, blank_allowed, used_lately))

/// Whose accounts may sign in besides those of this PC. `entra`: of the organisation's directory in the cloud (Microsoft Entra ID).
struct WindowsJoin {
  bool domain = false;
  bool entra = false;
};
BOOST_DESCRIBE_STRUCT(WindowsJoin, (), (domain, entra))

/// Somebody has signed in here once: their SID, and the folder that holds what is theirs. Of people only, whoever keeps their account.
struct WindowsProfile {
  std::string sid;
  std::string folder;
};
BOOST_DESCRIBE_STRUCT(WindowsProfile, (), (sid, folder))

/// Winlogon's own. `password_readable`: a password lies there in clear text; it is never read.
struct WindowsAutoLogin {
  bool on = false;
  std::string user;
  bool password_readable = false;
};
BOOST_DESCRIBE_STRUCT(WindowsAutoLogin, (), (on, user, password_readable))

/// A member of the group of administrators. `group`: it is a group itself, whose members are not looked up.
struct WindowsAdministrator {
  std::string sid;
  bool group = false;
};
BOOST_DESCRIBE_STRUCT(WindowsAdministrator, (), (sid, group))

/// Rules that lock the screen of everybody: seconds without a key; absent: no rule.
struct WindowsIdleLock {
  std::optional<std::int64_t> policy;   ///< InactivityTimeoutSecs
  std::optional<std::int64_t> managed;  ///< a device management's MaxInactivityTimeDeviceLock, where it demands a password
};
BOOST_DESCRIBE_STRUCT(WindowsIdleLock, (), (policy, managed))

/// Sleep in the power plan in force: after how many seconds (0 never), and whether waking asks for the password. On battery only where
/// there is one.
struct WindowsSleep {
  std::int64_t plugged_in = 0;
  bool plugged_in_locks = false;
  std::optional<std::int64_t> on_battery;
  bool on_battery_locks = false;
  bool modern_standby = false;
};
BOOST_DESCRIBE_STRUCT(WindowsSleep, (), (plugged_in, plugged_in_locks, on_battery, on_battery_locks, modern_standby))

/// One person's screen saver. `locks`: it is on, has a program to run and asks for the password on return. `seconds` absent: not said.
/// `wake_delay`: how long modern standby lets in without a password; absent: at once; 4294967295 never asks.
struct WindowsScreenSaver {
  bool locks = false;
  std::optional<std::int64_t> seconds;
  std::optional<std::int64_t> wake_delay;
};
BOOST_DESCRIBE_STRUCT(WindowsScreenSaver, (), (locks, seconds, wake_delay))

struct WindowsSignIn {
  Fact<WindowsPasswordRules> rules;
  Fact<bool> kinds_demanded;  ///< of characters: Windows' "complexity", three kinds
  Fact<std::vector<WindowsAccount>> accounts;
  Fact<WindowsJoin> join;
  Fact<std::vector<WindowsProfile>> profiles;
  Fact<bool> guest_kept_off_network;  ///< the right of Guest to come in from other machines is taken away
  Fact<WindowsAutoLogin> auto_login;
  Fact<std::vector<WindowsAdministrator>> administrators;
  Fact<std::vector<std::string>> signed_in;  ///< SIDs of those with a session now
  Fact<WindowsIdleLock> idle_lock;
  Fact<WindowsSleep> sleep;
  std::map<std::string, Fact<WindowsScreenSaver>> screen_savers;  ///< by SID, of those with a session now
};
BOOST_DESCRIBE_STRUCT(WindowsSignIn, (),
                      (rules, kinds_demanded, accounts, join, profiles, guest_kept_off_network, auto_login, administrators, signed_in,
                       idle_lock, sleep, screen_savers))

}  // namespace gokajo::compliance
