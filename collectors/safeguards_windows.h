/// \file
/// What asks or guards on Windows before something is raised or run, and how the PC starts (evidence: windows guide section 5).
#pragma once

#include "compliance/evidence/sign_in_windows.h"
#include "compliance/evidence/windows_extras.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Fact<compliance::WindowsUac> collect_uac_windows(const platform::Host& host);
compliance::Fact<compliance::WindowsSmartScreen> collect_smartscreen_windows(const platform::Host& host);
compliance::Fact<compliance::WindowsAutorun> collect_autorun_windows(const platform::Host& host);
compliance::Fact<bool> collect_secure_boot_windows(const platform::Host& host);
compliance::Fact<compliance::WindowsBootCertificates> collect_boot_certificates_windows(const platform::Host& host);

/// Of each of these people. A policy of the company's cloud stands above one of the PC, and that above the person's own setting.
compliance::Fact<compliance::WindowsMacros> collect_macros_windows(const platform::Host& host,
                                                                   const compliance::Fact<std::vector<compliance::WindowsProfile>>& people);

}  // namespace gokajo::collectors
