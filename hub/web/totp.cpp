#include "hub/web/totp.h"

#include <sodium.h>

#include <array>
#include <cstdio>

#include <openssl/hmac.h>

namespace gokajo::hub {

namespace {

constexpr int kDigits = 1000000;
constexpr std::string_view kBySha256 = "\x02";

}  // namespace

std::string write_totp_key(const TotpKey& key) { return key.hash == TotpHash::sha1 ? key.secret : std::string(kBySha256) + key.secret; }

std::optional<TotpKey> read_totp_key(const std::string& kept) {
  if (kept.size() == kTotpSecretBytes) return TotpKey{kept, TotpHash::sha1};
  if (kept.size() == kBySha256.size() + kTotpSecretBytes && kept.starts_with(kBySha256))
    return TotpKey{kept.substr(kBySha256.size()), TotpHash::sha256};
  return std::nullopt;
}

std::string totp_at(const TotpKey& key, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (int i = 7; i >= 0; --i, step >>= 8) counter.at(static_cast<std::size_t>(i)) = static_cast<unsigned char>(step & 0xFF);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  HMAC(key.hash == TotpHash::sha1 ? EVP_sha1() : EVP_sha256(), key.secret.data(), static_cast<int>(key.secret.size()), counter.data(),
       counter.size(), mac.data(), &size);
  // RFC 4226, 5.3: dynamic truncation.
  const std::size_t at = mac.at(size - 1) & 15U;
  const auto number = (mac.at(at) & 0x7FU) << 24U | mac.at(at + 1) << 16U | mac.at(at + 2) << 8U | mac.at(at + 3);
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%06u", static_cast<unsigned>(number % kDigits));
  return text.data();
}

std::optional<std::int64_t> match_totp(const TotpKey& key, const std::string& digits, platform::Time now, std::int64_t used) {
  for (const auto step : {totp_step(now), totp_step(now) - 1, totp_step(now) + 1}) {
    const auto right = totp_at(key, step);
    if (step > used && digits.size() == right.size() && sodium_memcmp(right.data(), digits.data(), right.size()) == 0) return step;
  }
  return std::nullopt;
}

std::string base32(const std::string& bytes) {
  static constexpr const char* kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  unsigned int held = 0;
  for (const char c : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) text += kLetters[bits >> (held - 5) & 31U];
  }
  if (held > 0) text += kLetters[bits << (5 - held) & 31U];
  return text;
}

std::string totp_uri(const std::string& secret, const std::string& mail) {
  return "otpauth://totp/Gokajo:" + mail + "?secret=" + base32(secret) + "&issuer=Gokajo&algorithm=SHA256";
}

}  // namespace gokajo::hub
