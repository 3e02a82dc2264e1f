/// \file
/// A request as a hub takes it: docs/protocol.md, "What is signed".
#pragma once

#include "agent/http_client.h"
#include "protocol/device_key.h"
#include "protocol/problem.h"
#include "protocol/signed_request.h"

namespace gokajo::agent {

/// Error{malformed}: a part that cannot be signed. A body that is compressed says so.
platform::Result<HttpRequest> hub_request(const protocol::DeviceKey& key, protocol::Position position, const std::string& method,
                                          const std::string& path, std::string body);

/// What the hub said it does not take; nullopt for anything else than a problem whose status is its own: no hub said that.
std::optional<protocol::Problem> problem_of(const HttpReply& reply);

}  // namespace gokajo::agent
