/// \file
/// When a Windows PC locks: rules for everybody, each person's screen saver, and sleep that asks for the password on waking.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

/// The judge of passwords.screen-lock on Windows. The earliest lock counts; what could not be seen might have locked earlier.
Finding judge_screen_lock_windows(const WindowsSignIn& sign_in, std::int64_t allowed_minutes);

}  // namespace gokajo::compliance
