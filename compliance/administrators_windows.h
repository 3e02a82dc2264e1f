/// \file
/// Who of the people that use a Windows PC daily is its administrator.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

/// The judge of accounts.admin-separate on Windows.
Finding judge_administrators_windows(const WindowsSignIn& sign_in, const Device& device);

}  // namespace gokajo::compliance
