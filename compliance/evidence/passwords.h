/// \file
/// Facts of the topic "passwords". None of them knows a password: they are the PC's rules for new ones, and the ways in without one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/sign_in_windows.h"
#include "compliance/fact.h"

namespace gokajo::compliance {

/// What a new password must be where one service (PAM) lets a person change theirs, by the weakest way through its stack.
struct PasswordRule {
  std::optional<std::int64_t> shortest;      ///< characters of the shortest one taken; absent: nobody can change a password there
  bool set = false;                          ///< false: no rule, `shortest` is what the program has built in
  std::string origin;                        ///< what decides: "/etc/pam.d/common-password:25 pam_unix.so"
  std::int64_t kinds = 0;                    ///< of characters (lower, upper, digit, other) that are demanded, 0 to 4
  bool words_refused = false;                ///< dictionary words are
  std::vector<std::string> unknown_modules;  ///< stand in the stack too and may refuse more
};
BOOST_DESCRIBE_STRUCT(PasswordRule, (), (shortest, set, origin, kinds, words_refused, unknown_modules))

/// Whether one sign-in service locks an account after wrong passwords. `attempts` absent: it does not.
struct Lockout {
  std::optional<std::int64_t> attempts;
  std::string origin;
  std::vector<std::string> unknown_modules;  ///< count attempts in ways we do not know
};
BOOST_DESCRIBE_STRUCT(Lockout, (), (attempts, origin, unknown_modules))

/// An account that somebody can open without a password. `services`: those that admit it; `certain` false: only if modules we do not know
/// agree. `blank`: its password is empty; else it is let in by something other ("group nopasswdlogin").
struct OpenAccount {
  std::string name;
  bool blank = false;
  bool certain = false;
  std::vector<std::string> services;
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (name, blank, certain, services))

/// A program that signs `user` in by itself at power-on; `origin`: file and line.
struct AutoLogin {
  std::string user;
  std::string program;
  std::string origin;
};
BOOST_DESCRIBE_STRUCT(AutoLogin, (), (user, program, origin))

/// A session anybody may open without an account of their own.
struct GuestSession {
  std::string program;
  std::string origin;
};
BOOST_DESCRIBE_STRUCT(GuestSession, (), (program, origin))

/// One person's screen lock. `seconds`: from the last key until a password is needed; absent with `locks` true: not by time.
struct ScreenLock {
  std::string name;     ///< of the account
  std::string desktop;  ///< "gnome", "cinnamon", "kde", or the session's own name
  bool locks = false;
  std::optional<std::int64_t> seconds;
  std::string origin;
};
BOOST_DESCRIBE_STRUCT(ScreenLock, (), (name, desktop, locks, seconds, origin))

struct Passwords {
  Fact<std::map<std::string, PasswordRule>> rules;  ///< by PAM service: passwd and every sign-in service there is
  Fact<std::vector<std::string>> elsewhere;         ///< where accounts kept off this PC come from ("sssd: office.example")
  Fact<std::map<std::string, Lockout>> lockouts;    ///< by sign-in service
  Fact<std::vector<OpenAccount>> open_accounts;     ///< of accounts with a shell
  Fact<std::vector<AutoLogin>> auto_logins;
  Fact<std::vector<GuestSession>> guests;
  Fact<std::vector<std::string>> desktops;               ///< graphical sessions installed; empty: none
  std::map<std::string, Fact<ScreenLock>> screen_locks;  ///< by uid; people with a desktop only
  WindowsSignIn windows;                                 ///< asked on Windows only; the facts above on Linux only
};
BOOST_DESCRIBE_STRUCT(Passwords, (), (rules, elsewhere, lockouts, open_accounts, auto_logins, guests, desktops, screen_locks, windows))

}  // namespace gokajo::compliance
