/// \file
/// A request and its answer, without how they travel: hub/server.h puts them on a connection, tests make them by hand.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>

namespace gokajo::hub {

inline constexpr std::size_t kMaxWireBytes = 256U << 10U;  ///< of a body, as sent

/// `method` in capital letters, `target` as sent, `headers` by lower-case name. `address`: of the peer's socket, never from a header.
struct HttpRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;
  std::string body;
  std::string address;
  const std::string& header(const std::string& name) const {
    static const std::string kNone;
    const auto found = headers.find(name);
    return found == headers.end() ? kNone : found->second;
  }
};

struct HttpReply {
  int status = 200;
  std::map<std::string, std::string> headers;
  std::string body;
  std::string file = {};  ///< a path: its bytes are sent instead of `body`, piece by piece
};

/// The requests that will be handled after those that are handled now, up to `wanted` of them if so many wait; those of an earlier call
/// stand first, and stay where they are.
using Behind = std::function<std::span<const HttpRequest>(std::size_t wanted)>;

}  // namespace gokajo::hub
