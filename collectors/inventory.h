/// \file
/// What kind of PC this is and which software is installed.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/inventory.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Asks the package manager and the stores the same questions as collect_software_linux(), so that within one scan nothing is run twice.
compliance::Inventory collect_inventory_linux(const platform::Host& host, const compliance::Device& device);

}  // namespace gokajo::collectors
