/// \file
/// The agents of the demo's PCs: each has a key of its own, which is gone when this is (nobody can send for it later), numbers its reports,
/// remembers, and sends in full once a week and the differences in between, as real ones do.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compliance/pack.h"
#include "hub/demo/plan.h"
#include "hub/http.h"
#include "protocol/content.h"
#include "protocol/device_key.h"

namespace gokajo::hub::demo {

/// One thread at a time.
class Agent {
 public:
  Agent(const PcPlan& plan, const compliance::WindowsLevels& levels)
      : plan_(plan), levels_(levels), known_(known_pc(plan.linux_pc, plan.host_name, plan.account)) {}

  const PcPlan& plan() const { return plan_; }
  std::string id() const { return key_.id(); }
  /// Whether it reports on that day in Japan.
  bool reports_on(Day day) const { return day >= plan_.first && (!plan_.last || day <= *plan_.last); }

  HttpRequest enrolment(const std::string& code) const;
  /// Scans, judges by that pack, and writes the report.
  HttpRequest report(const compliance::Pack& pack, Time at);

 private:
  HttpRequest signed_request(const std::string& target, protocol::Position position, std::string body) const;

  PcPlan plan_;
  const compliance::WindowsLevels& levels_;
  compliance::Evidence known_;
  protocol::DeviceKey key_ = protocol::DeviceKey::make();
  std::int64_t seq_ = 0;
  std::int64_t full_seq_ = 0;
  Day full_on_{};
  platform::Json full_;
  compliance::Memory memory_;
};

}  // namespace gokajo::hub::demo
