/// \file
/// What an enrolled PC reports with: key, numbers, spool, outbox and uplink, opened together from the state directory, where they stand
/// beside the files of identity.h: sequence.json, spool/ and reports-for.json (for which company what waits was made).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "agent/identity.h"
#include "agent/outbox.h"
#include "agent/uplink.h"

namespace gokajo::agent {

using Connect = std::function<std::unique_ptr<HttpClient>(const HubConnection&)>;

/// One program at a time (it holds the state directory's lock).
class Reporting {
 public:
  /// Begins the enrolment's epoch where it is new, and discards what was made for another company. Error{not_found}: not enrolled; anything
  /// else: nothing may be sent until the PC is enrolled again or the disk is mended.
  static platform::Result<std::unique_ptr<Reporting>> open(const std::string& directory, const platform::Clock& clock,
                                                           const Connect& connect, std::function<double()> random,
                                                           std::function<bool()> goes_on);

  ~Reporting();
  Reporting(const Reporting&) = delete;
  Reporting& operator=(const Reporting&) = delete;

  const Enrolment& enrolment() const { return enrolment_; }
  Spool& spool() { return *spool_; }
  Outbox& outbox() { return *outbox_; }
  Uplink& uplink() { return *uplink_; }
  /// What waits at this place, as a file to be carried (protocol/carried.h). Errors: those of Spool::read().
  platform::Result<std::string> carried(protocol::Position position);
  /// Sends what waits, and lets go of the connection.
  Uplink::Outcome send();

 private:
  class LateConnection;

  Reporting(Enrolment enrolment, protocol::DeviceKey key);
  Enrolment enrolment_;
  protocol::DeviceKey key_;
  std::unique_ptr<LateConnection> connection_;
  std::unique_ptr<Sequence> sequence_;
  std::unique_ptr<Spool> spool_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<Uplink> uplink_;
};

}  // namespace gokajo::agent
