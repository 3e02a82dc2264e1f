/// \file
/// What kind of PC this is and which software is installed.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/inventory.h"
#include "compliance/evidence/sign_in_windows.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Asks the package manager and the stores the same questions as collect_software_linux(), so that within one scan nothing is run twice.
compliance::Inventory collect_inventory_linux(const platform::Host& host, const compliance::Device& device);

/// Of software, what the lists of installed programs hold: for everybody, and for each of these people who is signed in.
compliance::Inventory collect_inventory_windows(const platform::Host& host,
                                                const compliance::Fact<std::vector<compliance::WindowsProfile>>& people);

}  // namespace gokajo::collectors
