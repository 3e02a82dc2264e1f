/// \file
/// Whether a PC of the rpm families waits for a restart: the kernel that runs against those rpm knows, the core packages that were put on
/// since the start (dnf), and libzypp's mark (zypper).
#pragma once

#include <vector>

#include "collectors/parse/rpm.h"
#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Fills `newer_kernel`: yes when a newer version is installed of the package that owns the running kernel's image; unknown when none owns
/// it.
void compare_rpm_kernels(const platform::Host& host, const compliance::System& system, const std::vector<parse::RpmPackage>& installed,
                         compliance::RestartState& state);

/// As `dnf needs-restarting -r` concludes, without running it: it loads every repository for a question that rpm answers. dnf 5 also looks
/// at advisories, so what no core package proves stays open there.
compliance::Fact<compliance::RestartState> collect_dnf_restart(const platform::Host& host, const compliance::Device& device, bool dnf5);

/// As `zypper needs-rebooting` concludes: it looks whether the mark is there.
compliance::Fact<compliance::RestartState> collect_zypper_restart(const platform::Host& host, const compliance::Device& device);

}  // namespace gokajo::collectors
