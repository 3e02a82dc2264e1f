/// \file
/// Whether what PCs send can be kept. The PCs keep it when it cannot; whoever runs the hub must be told, and told when it is well again.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "hub/http.h"
#include "platform/result.h"

namespace gokajo::hub {

/// Parts of the detail of what StoreWatch tells: why nothing can be stored, and that it can again.
inline constexpr const char* kDiskFull = "the disk is full";
inline constexpr const char* kNotStored = "reports cannot be stored";
inline constexpr const char* kStoredAgain = "reports are stored again";

class StoreWatch {
 public:
  /// Below it a database cannot be trusted to take a batch.
  static constexpr std::uint64_t kLittleRoom = 8U << 20U;

  /// `directory`: of the database.
  explicit StoreWatch(std::string directory) : directory_(std::move(directory)) {}

  /// After each batch of devices' requests. What there is to tell: each time something could not be stored, and once when a batch is stored
  /// after that.
  std::optional<platform::Error> look(std::span<const HttpReply> replies);

 private:
  std::string directory_;
  bool in_trouble_ = false;
};

}  // namespace gokajo::hub
