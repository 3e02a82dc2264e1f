/// \file
/// One program at a time: a lock that goes with the program that holds it, however that ends.
#pragma once

#include <optional>
#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// Held until it goes. Not inherited by programs that are started.
class FileLock {
 public:
  /// Takes the lock on `path`, a file that is made where it is missing (mode 0600) and stays. nullopt: another program holds it. Errors:
  /// denied, not_found (no such directory), failed.
  static Result<std::optional<FileLock>> take(const std::string& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace gokajo::platform
