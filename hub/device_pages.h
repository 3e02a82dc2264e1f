/// \file
/// The PCs of a company that people ask for, a page at a time: DeviceQuery (hub/overview.h) as the few questions a store answers without
/// looking at each PC.
#pragma once

#include "hub/overview_store.h"
#include "hub/store.h"

namespace gokajo::hub {

/// PCs that hold a text are picked one by one up to so many, and counted by the store beyond: it changes how long an answer takes.
inline constexpr std::int64_t kFewMatches = 10000;

/// Errors: those of the store.
platform::Result<DevicePage> page_of_devices(Store& store, const std::string& tenant, const DeviceQuery& query,
                                             std::int64_t few_matches = kFewMatches);

}  // namespace gokajo::hub
