#include "hub/body_hash.h"

#include <array>
#include <cstdlib>

#include <openssl/evp.h>

namespace gokajo::hub {

std::string body_sha256_hex(std::string_view body) {
  // Found once: OpenSSL looks for it among its providers for longer than a small body takes. It lives as long as the program.
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::array<unsigned char, 32> hash{};
  if (!kSha256 || EVP_Digest(body.data(), body.size(), hash.data(), nullptr, kSha256, nullptr) != 1) std::abort();
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(hash.size() * 2);
  for (const unsigned char byte : hash) {
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 15U];
  }
  return hex;
}

}  // namespace gokajo::hub
