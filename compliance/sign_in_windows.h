/// \file
/// What the checks on passwords and accounts have in common on Windows: whose accounts are used here, and who keeps their passwords.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compliance/check.h"

namespace gokajo::compliance {

/// The facts of signing in on a Windows PC; nullptr elsewhere, or where the system is not known.
const WindowsSignIn* windows_sign_in(const Evidence& evidence);

// Accounts that Windows brings along, by the last part of their SID (RID).
inline constexpr std::int64_t kAdministratorRid = 500, kGuestRid = 501, kFirstOwnRid = 1000;

/// -1: the SID has no such part.
std::int64_t rid_of(std::string_view sid);

/// Whether an account of this SID is kept on the PC that keeps `accounts`: all of one PC begin alike.
bool kept_here(const std::vector<WindowsAccount>& accounts, std::string_view sid);

/// What an account is called: its name, else that of its owner's folder, else its SID.
std::string name_of(const WindowsSignIn& sign_in, const std::string& sid);

/// Who keeps passwords that open this PC. `unsure`: accounts of which Windows did not tell whether they are Microsoft accounts.
struct PasswordKeepers {
  bool this_pc = false;
  bool services = false;  ///< Microsoft accounts, the organisation's directory in the cloud
  bool domain = false;
  bool unsure = false;
};

/// The finding when they cannot be told (facts absent); nullopt when password_keepers() can.
std::optional<Finding> keepers_unmeasured(const WindowsSignIn& sign_in);
PasswordKeepers password_keepers(const WindowsSignIn& sign_in, const Device& device);

/// The finding where no rule of this PC decides: only services keep passwords, or nobody does.
Finding not_kept_here(const WindowsSignIn& sign_in, const PasswordKeepers& keepers);

}  // namespace gokajo::compliance
