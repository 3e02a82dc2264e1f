/// \file
/// Access tokens for XOAUTH2: Microsoft Entra (client credentials) and Google (refresh token), RFC 6749 sections 4.4 and 6.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/mail/settings.h"
#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

/// `good_until`: a minute before it ends.
struct AccessToken {
  std::string token;
  platform::Time good_until{};
};

/// What a token endpoint answers. Error{malformed}: no token; its own "error" is in the detail, without `secrets`, which it may repeat.
platform::Result<AccessToken> read_token(std::string_view json, platform::Time now, const std::vector<std::string>& secrets = {});

/// Asks the endpoint, over https alone, at most 30 s. Error{denied}: it refused; failed: nothing came.
platform::Result<AccessToken> fetch_token(const MailSettings& settings, const std::string& client_secret, const std::string& refresh_token,
                                          platform::Time now);

}  // namespace gokajo::hub
