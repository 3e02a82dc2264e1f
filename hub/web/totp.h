/// \file
/// One-time passwords of an authenticator app: RFC 6238 with HMAC-SHA-1, six digits, steps of 30 s, as all such apps do. The secret lies in
/// the store sealed under a key that is in no backup (hub/secrets.h). Any thread.
#pragma once

#include <optional>
#include <string>

#include "platform/time.h"

namespace gokajo::hub {

inline constexpr std::size_t kTotpSecretBytes = 20;

/// Six digits of that step.
std::string totp_at(const std::string& secret, std::int64_t step);
inline std::int64_t totp_step(platform::Time now) { return now.time_since_epoch().count() / 30; }

/// The step whose digits these are: this one, the one before or the next, and later than `used`. nullopt: wrong.
std::optional<std::int64_t> match_totp(const std::string& secret, const std::string& digits, platform::Time now, std::int64_t used);

/// "otpauth://totp/Gokajo:mail?secret=…&issuer=Gokajo", for a QR code, and the secret in base 32 to be typed.
std::string totp_uri(const std::string& secret, const std::string& mail);
std::string base32(const std::string& bytes);

}  // namespace gokajo::hub
