/// \file
/// The PCs of a company that people ask for, a page at a time: DeviceQuery (hub/overview.h) as the few questions a store answers without
/// looking at each PC.
#pragma once

#include "hub/overview_store.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Errors: those of the store.
platform::Result<DevicePage> page_of_devices(Store& store, const std::string& tenant, const DeviceQuery& query);

}  // namespace gokajo::hub
