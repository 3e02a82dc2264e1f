/// \file
/// What the bodies of fingerprint() share: one number from all that was seen, and whether it stood still long enough to be told.
#pragma once

#include <cstdint>
#include <string_view>

#include "platform/time.h"

namespace gokajo::platform {

inline constexpr std::size_t kMaxFingerprintNames = 16384;

class FingerprintMixer {
 public:
  explicit FingerprintMixer(Time now) : now_(now) {}

  // FNV-1a, 64 bits: no one but the owner of the files chooses what goes in.
  void add(std::string_view bytes) {
    for (const char c : bytes) value_ = (value_ ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
    value_ = (value_ ^ 0xFFU) * 1099511628211ULL;
  }
  void add(const void* bytes, std::size_t size) { add(std::string_view(static_cast<const char*>(bytes), size)); }
  void add(std::int64_t number) { add(&number, sizeof(number)); }

  /// When something last changed: too lately, and it may change again within the same clock tick.
  void saw_change(Time changed) { settled_ = settled_ && changed + kSettled < now_; }

  bool settled() const { return settled_; }
  std::uint64_t value() const { return value_; }

 private:
  static constexpr std::chrono::seconds kSettled{2};
  Time now_;
  std::uint64_t value_ = 14695981039346656037ULL;
  bool settled_ = true;
};

}  // namespace gokajo::platform
