/// \file
/// What kind of PC this is.
#pragma once

#include "compliance/evidence/inventory.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Inventory collect_inventory_linux(const platform::Host& host);

}  // namespace gokajo::collectors
