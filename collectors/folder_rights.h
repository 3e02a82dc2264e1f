/// \file
/// What an account may do in a folder by its mode bits and those of every folder above it, path_resolution(7).
#pragma once

#include <string>
#include <vector>

#include "compliance/evidence/sharing.h"
#include "platform/host.h"

namespace gokajo::collectors {

struct FileIdentity {
  std::int64_t uid = -1;  ///< -1: nobody's; only the bits for others count
  std::vector<std::int64_t> gids;
};

/// none when the folder is missing. Folders that cannot be looked at count as granting, so that nothing is called closed unseen; access
/// lists beside the mode bits are not read.
compliance::Access folder_access(const platform::Host& host, const std::string& path, const FileIdentity& who);

}  // namespace gokajo::collectors
