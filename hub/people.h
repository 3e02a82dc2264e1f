/// \file
/// The people who use the hub's pages, as plain values. A person may belong to several companies (an adviser does), so only what says to
/// which, and what was done there, has a tenant.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "platform/time.h"

namespace gokajo::hub {

using platform::Time;

/// viewer: sees. owner 経営者, administrator 管理者 and adviser see and change everything of the company; an adviser is shown the companies
/// side by side. What each may do: hub/web/permission.h.
enum class Role { viewer, owner, administrator, adviser };
BOOST_DESCRIBE_ENUM(Role, viewer, owner, administrator, adviser)

/// `id`: random, never shown. `mail`: in small letters, unique; where links go. `language`: "ja", "en" or empty (the browser's).
/// `password`: as crypto_pwhash_str writes it (Argon2id), empty: signs in by mail only. `totp`: 20 bytes sealed (hub/web/totp.h), empty: no
/// second factor; `totp_step`: the last step (30 s since 1970) that was used, which is good no second time. `runs_hub`: makes companies and
/// says who sees them.
struct Person {
  std::string id;
  std::string mail;
  std::string name;
  std::string language;
  std::string password;
  std::string totp;
  std::int64_t totp_step = 0;
  bool runs_hub = false;
  Time created{};
};

struct Membership {
  std::string tenant;
  std::string person;
  Role role = Role::viewer;
  Time since{};
};

/// Somebody who signed in. `hash`: of the cookie's value. `browser`: what it called itself, cut short, for the person to tell them apart.
struct SignIn {
  std::string hash;
  std::string person;
  Time created{};
  Time last_used{};
  Time valid_until{};
  std::string browser;
};

/// set_up: makes the first person, and belongs to nobody. sign_in: signs in that person.
enum class KeyPurpose { set_up, sign_in };
BOOST_DESCRIBE_ENUM(KeyPurpose, set_up, sign_in)

/// Opens once. `hash`: of the key in the link. `person` empty: of nobody yet.
struct PersonKey {
  std::string hash;
  KeyPurpose purpose = KeyPurpose::sign_in;
  std::string person;
  Time valid_until{};
};

/// What a person did, for the record (操作の記録). `who`: the name at that time. `what`: a word such as "person.invite"; `subject`,
/// `before`, `after`: of it. Tenant empty: of the hub itself.
struct Deed {
  std::string tenant;
  Time at{};
  std::string who;
  std::string what;
  std::string subject;
  std::string before;
  std::string after;
};

}  // namespace gokajo::hub
