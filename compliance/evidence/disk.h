/// \file
/// Facts of the disk: where data lies and whether it is encrypted there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// On Windows. `changing`: it is being encrypted or decrypted, and Volume::encrypted is absent. `key_open`: it is encrypted and its key
/// lies open beside it (BitLocker paused, or device encryption that waits for its activation), so Volume::encrypted is false.
enum class VolumeState { changing, key_open };
BOOST_DESCRIBE_ENUM(VolumeState, changing, key_open)

/// A place where data lies: a mount point, or "swap". `device`: its block device or file system source. `encrypted`: every way from it down
/// to a disk crosses an encrypted layer (LUKS, plain dm-crypt, BitLocker, ZFS native encryption). `state`, on Windows only.
struct Volume {
  std::string place;
  std::string device;
  Fact<bool> encrypted;
  std::optional<VolumeState> state = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(Volume, (), (place, device, encrypted, state))

}  // namespace gokajo::compliance
