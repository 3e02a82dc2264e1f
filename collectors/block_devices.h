/// \file
/// The stack of block devices under a file system, from sysfs: partitions, volume groups, RAIDs, encrypted layers. No privileges needed.
#pragma once

#include <string>
#include <string_view>

#include "compliance/fact.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Whether every way from the block device `name` ("dm-0", "sda2") down to a disk crosses a device-mapper target of dm-crypt. A loop
/// device is unsupported: what lies under its file is another file system's matter.
compliance::Fact<bool> crosses_encryption(const platform::Host& host, const std::string& name);

/// The kernel's name of a device: "253:0" (major:minor), "/dev/dm-0", "/dev/mapper/root" or "/dev/sda2". Error: not known to sysfs.
platform::Seen<std::string> block_name(const platform::Host& host, std::string_view device);

/// The disks (not partitions) at the bottom of the device, sorted; what cannot be followed is left out.
std::vector<std::string> disks_under(const platform::Host& host, const std::string& name);

}  // namespace gokajo::collectors
