/// \file
/// One-time passwords of an authenticator app: RFC 6238, six digits, steps of 30 s. The app is asked for HMAC-SHA-256; many know HMAC-SHA-1
/// only and do not say so, but their first digits do. What is found then is kept with the secret, which lies in the store sealed under a
/// key that is in no backup (hub/secrets.h). Any thread.
#pragma once

#include <optional>
#include <string>

#include "platform/time.h"

namespace gokajo::hub {

inline constexpr std::size_t kTotpSecretBytes = 20;

enum class TotpHash { sha1, sha256 };

struct TotpKey {
  std::string secret;
  TotpHash hash = TotpHash::sha256;
};

/// As it is sealed: kTotpSecretBytes of those by SHA-1, which is what was kept before there was another. nullopt: of neither form.
std::string write_totp_key(const TotpKey& key);
std::optional<TotpKey> read_totp_key(const std::string& kept);

/// Six digits of that step.
std::string totp_at(const TotpKey& key, std::int64_t step);
inline std::int64_t totp_step(platform::Time now) { return now.time_since_epoch().count() / 30; }

/// The step whose digits these are: this one, the one before or the next, and later than `used`. nullopt: wrong.
std::optional<std::int64_t> match_totp(const TotpKey& key, const std::string& digits, platform::Time now, std::int64_t used);

/// "otpauth://totp/Gokajo:mail?secret=…&issuer=Gokajo&algorithm=SHA256", for a QR code, and the secret in base 32 to be typed.
std::string totp_uri(const std::string& secret, const std::string& mail);
std::string base32(const std::string& bytes);

}  // namespace gokajo::hub
