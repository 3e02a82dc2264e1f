/// \file
/// Who a device is: an Ed25519 key made on it. Host name, serial number and address are labels, never credentials (design.md section 4.3).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::protocol {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// SHA-256 in lower-case hex, 64 characters.
std::string sha256_hex(std::string_view bytes);

/// The id of the device that holds this key: sha256_hex of the 32 bytes of the public key.
std::string device_id(const PublicKey& key);

/// Overwrites every byte and empties it.
void wipe(std::string& secret);

/// The secret half. Lives in memory that is wiped when it goes; written only by its owner, into a file of mode 0600 (agent/identity.h).
/// Not copied: whoever needs it is handed a reference. Any thread may sign.
class DeviceKey {
 public:
  static constexpr std::size_t kSeedBytes = 32;

  /// A new key from the system's random source.
  static DeviceKey make();
  /// The key of a seed written earlier. Error{malformed} when it is not kSeedBytes long.
  static platform::Result<DeviceKey> from_seed(std::string_view seed);

  DeviceKey(DeviceKey&& other) noexcept;
  DeviceKey& operator=(DeviceKey&& other) noexcept;
  DeviceKey(const DeviceKey&) = delete;
  DeviceKey& operator=(const DeviceKey&) = delete;
  ~DeviceKey();

  const PublicKey& public_key() const { return public_; }
  std::string id() const { return device_id(public_); }
  /// What from_seed() takes. A secret: wipe it after use.
  std::string seed() const;
  Signature sign(std::string_view message) const;

 private:
  DeviceKey() = default;
  std::array<std::uint8_t, 64> secret_{};
  PublicKey public_{};
};

/// False for any other key, message or signature, for signatures in a form RFC 8032 section 5.1.7 forbids, and for keys of small order.
bool verify(std::string_view message, const Signature& signature, const PublicKey& key);

}  // namespace gokajo::protocol
