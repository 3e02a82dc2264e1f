#include "hub/web/sealed.h"

#include <sodium.h>

namespace gokajo::hub {

namespace {

constexpr std::size_t kAround = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
constexpr int kAlphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string key_of(const Pepper& pepper, const std::string& purpose) {
  const auto hex = pepper.hash("seal", purpose);
  std::string key(crypto_secretbox_KEYBYTES, '\0');
  sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), hex.data(), hex.size(), nullptr, nullptr, nullptr);
  return key;
}

const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string seal(const Pepper& pepper, const std::string& purpose, const std::string& secret) {
  const auto key = key_of(pepper, purpose);
  const auto nonce = random_bytes(crypto_secretbox_NONCEBYTES);
  std::string box(crypto_secretbox_MACBYTES + secret.size(), '\0');
  crypto_secretbox_easy(bytes_of(box), bytes_of(secret), secret.size(), bytes_of(nonce), bytes_of(key));
  return nonce + box;
}

std::optional<std::string> unseal(const Pepper& pepper, const std::string& purpose, const std::string& sealed) {
  if (sealed.size() < kAround) return std::nullopt;
  const auto key = key_of(pepper, purpose);
  std::string secret(sealed.size() - kAround, '\0');
  if (crypto_secretbox_open_easy(bytes_of(secret), bytes_of(sealed) + crypto_secretbox_NONCEBYTES,
                                 sealed.size() - crypto_secretbox_NONCEBYTES, bytes_of(sealed), bytes_of(key)) != 0)
    return std::nullopt;
  return secret;
}

std::string seal_text(const Pepper& pepper, const std::string& purpose, const std::string& secret) {
  const auto sealed = seal(pepper, purpose, secret);
  std::string text(sodium_base64_ENCODED_LEN(sealed.size(), kAlphabet), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(sealed), sealed.size(), kAlphabet);
  text.pop_back();  // its terminating zero
  return text;
}

std::optional<std::string> unseal_text(const Pepper& pepper, const std::string& purpose, const std::string& text) {
  std::string sealed(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(bytes_of(sealed), sealed.size(), text.data(), text.size(), nullptr, &size, nullptr, kAlphabet) != 0)
    return std::nullopt;
  sealed.resize(size);
  return unseal(pepper, purpose, sealed);
}

}  // namespace gokajo::hub
