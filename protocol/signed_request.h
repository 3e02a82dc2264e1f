/// \file
/// What a device signs of every request, byte for byte as docs/protocol.md has it: whoever changes the method, the path, the body, the
/// device or its number needs another signature.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/result.h"
#include "protocol/device_key.h"

namespace gokajo::protocol {

/// Counts the reports of one device: a later one is greater. `epoch` grows when a device may have forgotten numbers it used (a restored
/// state directory, a new enrolment); `seq` grows by one or more with every report of an epoch and starts at 1.
struct Position {
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  auto operator<=>(const Position&) const = default;
};

/// `method` in upper case, `path` as sent (with the query, if there is one), `device` as device_id(), `body_sha256` as sha256_hex().
struct RequestHead {
  std::string method;
  std::string path;
  std::string device;
  Position position;
  std::string body_sha256;
};

/// The bytes that are signed. Error{malformed} when a part holds what would let two different requests read alike: a control character or a
/// blank in method or path, an id or hash that is not 64 hex digits, a number below zero.
platform::Result<std::string> signing_text(const RequestHead& head);

/// Base64 of the signature (RFC 4648, with padding: 88 characters).
platform::Result<std::string> sign_request(const RequestHead& head, const DeviceKey& key);

/// Whether `signature` is this key's over this head, and the head names this key's device. Error{denied} says which of it does not hold,
/// for the hub's log; a caller outside is told only that it was refused.
platform::Status verify_request(const RequestHead& head, std::string_view signature, const PublicKey& key);

}  // namespace gokajo::protocol
