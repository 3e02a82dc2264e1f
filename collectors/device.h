/// \file
/// Facts of the machine itself.
#pragma once

#include <string_view>

#include "compliance/evidence/device.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Device collect_device_linux(const platform::Host& host);

/// os-release(5): KEY=value lines, bare, "..." or '...' with backslash escapes; unknown keys are skipped.
compliance::OsRelease parse_os_release(std::string_view text);

}  // namespace gokajo::collectors
