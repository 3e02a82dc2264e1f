/// \file
/// Facts of the machine itself.
#pragma once

#include <string_view>

#include "compliance/evidence/device.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// What every system tells of itself.
compliance::Fact<compliance::System> collect_system(const platform::Host& host);

compliance::Device collect_device_linux(const platform::Host& host);

/// `windows` from RtlGetVersion and HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion.
compliance::Device collect_device_windows(const platform::Host& host);

/// From starts, ends and sleep in the System log.
compliance::Fact<compliance::PoweredOn> collect_powered_on_windows(const platform::Host& host);

/// os-release(5): KEY=value lines, bare, "..." or '...' with backslash escapes; unknown keys are skipped.
compliance::OsRelease parse_os_release(std::string_view text);

}  // namespace gokajo::collectors
