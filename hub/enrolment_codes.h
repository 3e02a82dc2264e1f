/// \file
/// Codes with which PCs enrol, and the file that spares typing them. For pages and `gokajo-hub token` alike.
#pragma once

#include <string>

#include "hub/state.h"

namespace gokajo::hub {

inline constexpr std::int64_t kInstallDayUses = 25;
inline constexpr std::int64_t kInstallDayHours = 72;
inline constexpr std::int64_t kOneTimeHours = 24;
inline constexpr std::int64_t kMostHours = 168;

/// No code is issued before somebody is responsible and the employees were told (people.md 1.12).
bool may_issue(const Company& company);

/// `clear`: the code itself, eight characters, which is kept nowhere.
struct IssuedCode {
  Code code;
  std::string clear;
};

/// Inside a transaction. `hours` 0: those of its kind.
platform::Result<IssuedCode> issue_code(Store& store, const Pepper& pepper, const Company& company, CodeKind kind, std::int64_t hours,
                                        Time now);

enum class CodeStanding { valid, used, ended, revoked };
BOOST_DESCRIBE_ENUM(CodeStanding, valid, used, ended, revoked)
CodeStanding standing_of(const Code& code, Time now);

/// gokajo-setup.json for that code. Where the hub's certificate is of its own authority, PCs are given that (tls/ca.pem in its directory).
platform::Result<std::string> setup_text(const std::string& directory, const Serving& serving, const std::string& clear_code);

}  // namespace gokajo::hub
