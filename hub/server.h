/// \file
/// The hub on the network: HTTP/1.1 over TLS 1.2 or newer. It knows no paths and no store: whole requests go to `submit`, replies come
/// back.
///
/// Limits: header 8 KiB within 10 s of the connection, body kMaxWireBytes within 30 s, 60 s between requests, a connection cap in all and
/// for each address, a rate of requests for each address. Whoever is over a limit is answered (413, 429, 503) where a reply can still be
/// read, or cut off.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hub/certificates.h"
#include "hub/http.h"
#include "platform/result.h"

namespace gokajo::hub {

/// `address`: to listen on, "::" is every one. `port` 0: any free one. `requests_per_second`, `burst`: of one address. `strict_transport`:
/// value of the header Strict-Transport-Security, empty: none. `cut_off`: told, on the server's thread, of what the server refuses by
/// itself: a word of the program, and whose it was.
struct ServerOptions {
  std::string address = "::";
  unsigned short port = 8443;
  CertificateFiles certificate;
  std::size_t connections = 900;  ///< below the 1024 descriptors a process usually has
  std::size_t connections_of_address = 300;
  double requests_per_second = 100;
  double burst = 600;
  std::string strict_transport;
  std::function<void(const char* by, const std::string& address)> cut_off = [](const char*, const std::string&) {};
};

/// Part of the detail of the Error of a port that is taken.
inline constexpr const char* kPortTaken = "another program uses this port already";

/// Takes a request and calls `answer` once, from any thread; false when it cannot be taken now.
using Submit = std::function<bool(HttpRequest request, std::function<void(HttpReply)> answer)>;

class Server {
 public:
  /// Listens at once. Errors: denied (a port that only root may use, an address of another machine), failed (the port is taken: detail says
  /// so), malformed (the certificate or key).
  static platform::Result<std::unique_ptr<Server>> start(ServerOptions options, Submit submit);
  virtual ~Server() = default;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  virtual unsigned short port() const = 0;
  /// Serves until stop(), from any thread. Certificate files that change are read again within seconds; what cannot be
  /// read then leaves the old ones in use and is told to `complain`.
  virtual void run(const std::function<void(const platform::Error&)>& complain) = 0;
  virtual void stop() = 0;

 protected:
  Server() = default;
};

}  // namespace gokajo::hub
