/// \file
/// Facts of the topic "updates", whatever the package manager.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Fills pending, sources, automatic and restart.
void collect_updates_linux(const platform::Host& host, const compliance::Device& device, compliance::Updates& into);

/// Fills sources and everything that is asked on Windows only.
void collect_updates_windows(const platform::Host& host, const compliance::Device& device, compliance::Updates& into);

}  // namespace gokajo::collectors
