/// \file
/// The signed head of a device's request, and the answers that every request may get (docs/protocol.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/http.h"
#include "platform/result.h"
#include "protocol/device_key.h"
#include "protocol/problem.h"
#include "protocol/signed_request.h"

namespace gokajo::hub {

/// `head.body_sha256` is filled in by is_genuine().
struct DeviceRequest {
  protocol::RequestHead head;
  std::string signature;
};

/// None: a number is missing, or is written so that it could be read in two ways.
std::optional<DeviceRequest> head_of(const HttpRequest& request);

/// Hashes the body and looks whether `key` signed this request. Takes as long for a key of zeros (nobody's).
bool is_genuine(DeviceRequest& signed_request, const HttpRequest& request, const protocol::PublicKey& key);

/// A problem as a reply; `busy` has a random Retry-After of 1 to 10 minutes.
HttpReply problem_reply(protocol::ProblemKind kind, const std::string& detail);
/// Not known, or not signed by whom it should be: one answer for all.
HttpReply refused();
/// The store's own trouble: nothing is wrong with the request, and it may come again.
HttpReply troubled();
/// 429.
HttpReply too_many(const char* what);
HttpReply json_reply(std::string body);
bool is_success(const HttpReply& reply);

/// Why `text` of the form `format` cannot be read; what is of a later form than this hub's must be kept by whoever sent it.
HttpReply unreadable(const platform::Error& error, std::string_view text, std::size_t max_bytes, std::string_view format);

}  // namespace gokajo::hub
