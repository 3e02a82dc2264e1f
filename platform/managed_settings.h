/// \file
/// Settings that stand in the system and not in a file of ours: what an administrator orders for many PCs, and what an installer was given.
#pragma once

#include <map>
#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// By name, numbers in decimal; the names are of whoever reads them. Values of other types are left out.
using ManagedSettings = std::map<std::string, std::string>;

/// Of a group policy or a device management: HKLM\SOFTWARE\Policies\Gokajo, which only administrators can write. None elsewhere.
ManagedSettings policy_settings();

/// What the installer was given: HKLM\SOFTWARE\Gokajo\Setup. None elsewhere.
ManagedSettings installer_settings();

/// Takes those out of the registry. None there is fine. Errors: denied, failed.
Status forget_installer_settings();

}  // namespace gokajo::platform
