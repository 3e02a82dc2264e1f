#include "protocol/device_key.h"

#include <sodium.h>

#include <cstdlib>
#include <utility>

namespace gokajo::protocol {
namespace {

// libsodium must be told once before it is used; a second call changes nothing. Without a random source nothing here may go on.
void start_sodium() {
  static const bool started = sodium_init() >= 0;
  if (!started) std::abort();
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), bytes_of(bytes), bytes.size());
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

std::string device_id(const PublicKey& key) { return sha256_hex({reinterpret_cast<const char*>(key.data()), key.size()}); }

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

DeviceKey DeviceKey::make() {
  start_sodium();
  DeviceKey key;
  crypto_sign_ed25519_keypair(key.public_.data(), key.secret_.data());
  return key;
}

platform::Result<DeviceKey> DeviceKey::from_seed(std::string_view seed) {
  start_sodium();
  if (seed.size() != kSeedBytes)
    return platform::Error{platform::ErrorKind::malformed, "device key: expected 32 bytes, found " + std::to_string(seed.size())};
  DeviceKey key;
  crypto_sign_ed25519_seed_keypair(key.public_.data(), key.secret_.data(), bytes_of(seed));
  return key;
}

DeviceKey::DeviceKey(DeviceKey&& other) noexcept : secret_(other.secret_), public_(other.public_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

DeviceKey& DeviceKey::operator=(DeviceKey&& other) noexcept {
  if (this == &other) return *this;
  secret_ = other.secret_;
  public_ = other.public_;
  sodium_memzero(other.secret_.data(), other.secret_.size());
  return *this;
}

DeviceKey::~DeviceKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string DeviceKey::seed() const {
  std::string seed(kSeedBytes, '\0');
  crypto_sign_ed25519_sk_to_seed(reinterpret_cast<unsigned char*>(seed.data()), secret_.data());
  return seed;
}

Signature DeviceKey::sign(std::string_view message) const {
  Signature signature{};
  crypto_sign_ed25519_detached(signature.data(), nullptr, bytes_of(message), message.size(), secret_.data());
  return signature;
}

bool verify(std::string_view message, const Signature& signature, const PublicKey& key) {
  start_sodium();
  return crypto_sign_ed25519_verify_detached(signature.data(), bytes_of(message), message.size(), key.data()) == 0;
}

}  // namespace gokajo::protocol
