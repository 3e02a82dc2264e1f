/// \file
/// Facts of accounts, passwords and screen locks on Windows (evidence: windows guide sections 3.1 to 3.3).
#pragma once

#include "compliance/evidence/sign_in_windows.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Everything of the topic.
compliance::WindowsSignIn collect_sign_in_windows(const platform::Host& host);

compliance::Fact<std::vector<compliance::WindowsAccount>> collect_accounts_windows(const platform::Host& host);
compliance::Fact<compliance::WindowsJoin> collect_join_windows(const platform::Host& host);
compliance::Fact<std::vector<compliance::WindowsProfile>> collect_profiles_windows(const platform::Host& host);
compliance::Fact<std::vector<compliance::WindowsAdministrator>> collect_administrators_windows(const platform::Host& host);
compliance::Fact<std::vector<std::string>> collect_signed_in_windows(const platform::Host& host);

compliance::Fact<compliance::WindowsIdleLock> collect_idle_lock_windows(const platform::Host& host);
compliance::Fact<compliance::WindowsSleep> collect_sleep_windows(const platform::Host& host);
compliance::Fact<compliance::WindowsScreenSaver> collect_screen_saver_windows(const platform::Host& host, const std::string& sid);

}  // namespace gokajo::collectors
