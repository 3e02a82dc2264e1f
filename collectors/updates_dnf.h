/// \file
/// Missing updates and repositories where dnf 4 or 5 is the package manager (RHEL 8 and later, its kin, Fedora). dnf runs from its cache
/// alone (-C) with logs of our own; where an enabled repository has no cached index, nothing is concluded (evidence/linux.md 2.2).
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Fills pending, sources, automatic and restart.
void collect_dnf_updates_linux(const platform::Host& host, const compliance::Device& device, compliance::Updates& into);

}  // namespace gokajo::collectors
