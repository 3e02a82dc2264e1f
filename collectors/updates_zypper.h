/// \file
/// Missing updates and repositories where zypper is the package manager (openSUSE, SLES). It runs without refreshing, locking or logging.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Fills pending, sources, automatic and restart.
void collect_zypper_updates_linux(const platform::Host& host, const compliance::Device& device, compliance::Updates& into);

}  // namespace gokajo::collectors
