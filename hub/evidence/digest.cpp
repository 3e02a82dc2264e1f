#include "hub/evidence/digest.h"

#include <sodium.h>

#include <boost/crc.hpp>

namespace gokajo::hub {

struct PackDigest::State {
  crypto_hash_sha256_state sha256;
  boost::crc_32_type crc32;
};

PackDigest::PackDigest() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->sha256); }
PackDigest::~PackDigest() = default;

void PackDigest::add(std::string_view bytes) {
  crypto_hash_sha256_update(&state_->sha256, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  state_->crc32.process_bytes(bytes.data(), bytes.size());
}

std::uint32_t PackDigest::crc32() const { return state_->crc32.checksum(); }

std::string PackDigest::sha256() {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state_->sha256, reinterpret_cast<unsigned char*>(hash.data()));
  return hex_of(hash);
}

std::string hex_of(std::string_view bytes) {
  std::string hex(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  hex.pop_back();
  return hex;
}

bool bytes_of_hex(std::string_view hex, unsigned char* out, std::size_t bytes) {
  std::size_t size = 0;
  return hex.size() == 2 * bytes && sodium_hex2bin(out, bytes, hex.data(), hex.size(), nullptr, &size, nullptr) == 0 && size == bytes;
}

}  // namespace gokajo::hub
