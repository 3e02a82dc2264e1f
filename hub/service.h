/// \file
/// The running hub: store, writer, server, put together.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hub/server.h"
#include "hub/startup_checks.h"
#include "hub/state.h"
#include "hub/web/visit.h"

namespace gokajo::hub {

/// What the Error begins with that names a file of hub/shelf.h which is not used.
inline const std::string kFileNotUsed = "not used: ";

using Clock = std::function<Time()>;

/// `state` is the writer's from here on.
class Service {
 public:
  /// Errors: those of Server::start().
  static platform::Result<std::unique_ptr<Service>> start(HubState state, ServerOptions options, Clock clock);
  /// Before run(). `findings`: what the page shows of this machine; `first_contact` is told on the writer's thread, and takes never_reached
  /// off the page.
  void tell(std::vector<StartupFinding> findings, FirstContact first_contact);
  /// Before run(). What /metrics asks for. Empty: this machine alone may ask.
  void guard_metrics(std::string token);
  /// Before run(). How the hub is called in links, what brings them by mail (WebParts), and where lines of the security log go
  /// (hub/web/security_log.h); `send` is called on the pages' thread, `note` on the writer's, too.
  void open_pages(std::string address, std::function<platform::Status(const LinkMail&)> send,
                  std::function<void(const std::string& line)> note);
  ~Service();
  unsigned short port() const;
  /// Until stop(). `complain` gets what an administrator must know, from this thread, the writer's or the one that makes evidence packs,
  /// one at a time each.
  void run(const std::function<void(const platform::Error&)>& complain);
  void stop();

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace gokajo::hub
