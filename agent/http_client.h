/// \file
/// One HTTPS request to the hub. TLS 1.2 or newer; the certificate's chain and its name (subjectAltName only) are always checked: there is
/// no switch that turns it off. No redirect is followed, no other protocol spoken, nothing is listened to.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/result.h"

namespace gokajo::agent {

/// `address`: "https://host[:port]". `pin`: "sha256//<base64>", beside all other checks. `ca_pem`: certificates to believe instead of those
/// of the PC; empty: those of the PC. `proxy`: absent means the environment's (https_proxy, NO_PROXY), and on Windows without
/// one what WinHTTP says (platform/system_proxy.h).
struct HubConnection {
  std::string address;
  std::optional<std::string> pin;
  std::string ca_pem;
  std::optional<std::string> proxy;
};

/// `path` begins with "/". `headers`: whole lines. `max_reply`: bytes of a reply's body.
struct HttpRequest {
  std::string method;
  std::string path;
  std::vector<std::string> headers;
  std::string body;
  std::size_t max_reply = 64U << 10U;
};

/// `retry_after`: the number of seconds a Retry-After header named.
struct HttpReply {
  int status = 0;
  std::string body;
  std::optional<std::chrono::seconds> retry_after;
};

/// Not thread-safe. Requests share one connection while the client lives.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// Connected within 10 s, done within 30 s. Errors: denied (the certificate or TLS does not hold; nothing of the request was sent),
  /// timed_out, too_large (the reply), failed (no connection, broken off, not HTTP), malformed (the address).
  virtual platform::Result<HttpReply> send(const HttpRequest& request) = 0;
};

std::unique_ptr<HttpClient> http_client(const HubConnection& hub);

}  // namespace gokajo::agent
