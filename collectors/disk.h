/// \file
/// Where data lies on this PC and whether it is encrypted there.
#pragma once

#include <vector>

#include "compliance/evidence/disk.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Mounted file systems of disks (not /boot, removable media or program images) and swap partitions.
compliance::Fact<std::vector<compliance::Volume>> collect_disk_linux(const platform::Host& host);

/// Fixed drives with a letter, by BitLocker's methods. unsupported: this Windows has no BitLocker.
compliance::Fact<std::vector<compliance::Volume>> collect_disk_windows(const platform::Host& host);

}  // namespace gokajo::collectors
