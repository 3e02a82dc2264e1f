/// \file
/// Facts of the disk: where data lies and whether it is encrypted there.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// A place where data lies: a mount point, or "swap". `device`: its block device or file system source. `encrypted`: every way from it down
/// to a disk crosses an encrypted layer (LUKS, plain dm-crypt, BitLocker, ZFS native encryption).
struct Volume {
  std::string place;
  std::string device;
  Fact<bool> encrypted;
};
BOOST_DESCRIBE_STRUCT(Volume, (), (place, device, encrypted))

}  // namespace gokajo::compliance
