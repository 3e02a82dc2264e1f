/// \file
/// The agent in the background: scans when it is time, spools, sends, and tells everybody who may know. No output, no listening.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "agent/kept_scan.h"
#include "agent/prepared_setup.h"
#include "agent/reception.h"
#include "agent/reporting.h"
#include "agent/schedule.h"
#include "agent/summary.h"
#include "platform/file_lock.h"

namespace gokajo::agent {

/// `host`: makes the PC to ask. `connect`, `random`: as for Reporting. `goes_on`: called at least every 20 s while a scan runs, and before
/// each request; false ends what can be ended. `log`: one line in English for an administrator; it holds no secret. `spooled`: a report is
/// in the spool for good; may be empty. `policy`: what the administrator orders (platform/managed_settings.h), asked at every tick; may be
/// empty. `people`: how those who sit here are reached; may be empty.
struct ServiceParts {
  std::string directory;
  std::function<std::unique_ptr<platform::Host>()> host;
  const platform::Clock& clock;
  Connect connect;
  std::function<double()> random;
  std::function<bool()> goes_on;
  std::function<void(const std::string&)> log;
  std::function<void(protocol::Position)> spooled;
  std::function<platform::ManagedSettings()> policy = {};
  ReceptionParts people = {};
};

class Service {
 public:
  /// nullopt: another one runs. Error{denied}: the directory is not this user's alone; failed: the disk.
  static platform::Result<std::optional<Service>> open(ServiceParts parts);

  /// Does whatever is due and returns.
  void tick();
  /// One scan and one attempt to send, due or not.
  void once();

  /// At most how long until the next tick is wanted.
  std::chrono::milliseconds idle() const;

  /// Reports that wait; nullopt where this PC reports to nobody.
  std::optional<std::size_t> waiting() const;
  const std::optional<platform::Time>& scanned_at() const { return scanned_at_; }

 private:
  Service(ServiceParts parts, State state, platform::FileLock lock, Planner planner);
  void look_for_prepared();
  void look_for_enrolment();
  void forget_former_hub();
  void take_settings();
  void scan_now();
  platform::Result<KeptScan> scan_beside(const ScanInput& input, platform::Time now);
  void spool(const ScanInput& input, const ScanResult& result);
  void send();
  void tell_everybody();
  void publish_page();
  int offset_minutes() const;
  void log_once(std::string& last, const std::string& line);

  ServiceParts parts_;
  State state_;
  platform::FileLock lock_;
  Planner planner_;
  std::unique_ptr<Reporting> reporting_;
  bool hub_forgotten_ = false;  ///< not enrolled, and nothing of a hub is left
  PreparedEnrolment prepared_;
  std::unique_ptr<Reception> reception_;
  std::string enrolment_seen_;             ///< as the file was when it was last looked at
  platform::ManagedSettings policy_seen_;  ///< what the connection was made under
  std::optional<protocol::Settings> settings_;
  Summary summary_;
  std::string summary_written_;
  std::string page_published_;  ///< what the employee's page was made for last
  std::optional<platform::Time> scanned_at_;
  std::string last_problem_, last_contact_;
};

}  // namespace gokajo::agent
