#include "hub/secrets.h"

#include <array>
#include <cstdlib>

#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "platform/durable_file.h"
#include "platform/own_file.h"
#include "protocol/enrolment.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind;

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  // Without randomness nothing here is safe: there is no way to go on.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) std::abort();
  return bytes;
}

std::uint32_t random_below(std::uint32_t limit) {
  const std::uint32_t fair = UINT32_MAX - UINT32_MAX % limit;
  for (;;) {
    const auto bytes = random_bytes(4);
    std::uint32_t value = 0;
    for (const char c : bytes) value = value << 8U | static_cast<unsigned char>(c);
    if (value < fair) return value % limit;
  }
}

namespace {
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
}

bool is_random_word(std::string_view text, std::size_t characters) {
  return text.size() == characters && text.find_first_not_of(kLetters) == std::string_view::npos;
}

std::string random_word(std::size_t characters) {
  std::string word;
  for (const char c : random_bytes(characters)) word += kLetters[static_cast<unsigned char>(c) % kLetters.size()];
  return word;
}

std::string random_code() {
  std::string code;
  while (code.size() < protocol::kCodeLength)
    code += protocol::kCodeCharacters[random_below(static_cast<std::uint32_t>(protocol::kCodeCharacters.size()))];
  return code;
}

std::string Pepper::hash(std::string_view purpose, std::string_view secret) const {
  const auto text = std::string(purpose).append("/").append(secret);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), bytes_.data(), static_cast<int>(bytes_.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       digest.data(), &size);
  static constexpr const char* kHex = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += kHex[digest[i] >> 4U];
    hex += kHex[digest[i] & 15U];
  }
  return hex;
}

platform::Result<Pepper> load_pepper(const std::string& path) {
  auto bytes = platform::read_own_file(path, Pepper::kBytes);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) {
    bytes = random_bytes(Pepper::kBytes);
    if (auto written = platform::write_file_durably(path, *bytes); !written) return written.error();
  }
  if (!bytes) return bytes.error();
  if (bytes->size() != Pepper::kBytes) return Error{ErrorKind::malformed, path + ": expected 32 bytes"};
  return Pepper(std::move(*bytes));
}

}  // namespace gokajo::hub
