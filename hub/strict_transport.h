/// \file
/// Whether browsers are told to call this host by TLS alone (Strict-Transport-Security, RFC 6797). It holds for every port of a host's
/// name, so not for a name that other services share, unless whoever owns the name says so in hub.toml.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::hub {

/// `strict_transport` of hub.toml, above every table: "off", "host" or "subdomains" (names below this one, too); nullopt: it is not set.
/// Errors name the line.
platform::Result<std::optional<std::string>> read_strict_transport(std::string_view toml);

/// The header's value; empty: none is sent. What hub.toml says, else "host" where others call this hub at the usual port of `public_url`,
/// for then the name is the hub's own.
platform::Result<std::string> find_strict_transport(const std::string& directory, const std::string& public_url);

}  // namespace gokajo::hub
