/// \file
/// Which package manager looks after a system: said by its os-release, not by which programs are installed (Debian packages them all).
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"

namespace gokajo::collectors {

/// By ID, then ID_LIKE. rpm_ostree where the running system is an ostree deployment; none for a system not known here.
compliance::PackageManager package_manager_of(const compliance::Device& device);

}  // namespace gokajo::collectors
