/// \file
/// A log that a lasting trouble does not fill.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "platform/time.h"

namespace gokajo::hub {

/// The same words at most once in ten minutes. Thread-safe.
class Repeats {
 public:
  static constexpr std::chrono::minutes kAgainAfter{10};
  static constexpr std::size_t kKept = 100;

  /// Whether to tell `words` now. A clock that was set back tells.
  bool shall_tell(const std::string& words, platform::Time now);

 private:
  std::mutex mutex_;
  std::map<std::string, platform::Time> told_;
};

}  // namespace gokajo::hub
