/// \file
/// What is wrong with the reporting of this PC, and what to do about it: for `gokajo status`, `doctor` and `flare`. Reads only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/identity.h"
#include "agent/schedule.h"
#include "agent/start_record.h"
#include "agent/uplink.h"
#include "compliance/text.h"

namespace gokajo::agent {

/// What the state directory tells. `enrolment_problem`: empty where it can be read or there is none. `running`: a service holds the lock;
/// nullopt: not to be told. `channel_problem`: why a running service cannot be reached by the people at this PC; none where it can, or
/// where the system has no such channel.
struct AgentState {
  std::optional<Enrolment> enrolment;
  std::string key_problem;  ///< why the key of an enrolled PC cannot be used; empty: it can
  std::string enrolment_problem;
  std::optional<bool> running;
  UplinkRecord uplink;
  ScheduleRecord schedule;
  std::size_t waiting = 0;
  std::int64_t waiting_bytes = 0;
  std::optional<protocol::Settings> settings;
  compliance::Pack pack;            ///< what the next scan is judged by
  std::size_t handed_out = 0;       ///< briefings of the hub that are offered here
  std::vector<std::string> denied;  ///< checks of the last scan that could not be measured for want of rights
  bool scanned = false;
  StartRecord start;  ///< of those it set aside, what is still there
  std::optional<platform::Error> channel_problem;
};

/// Error{denied}: this user may not look into it.
platform::Result<AgentState> read_agent_state(const std::string& directory);

/// `good`: nothing to do. `advice` is empty then.
struct Diagnosis {
  bool good = true;
  compliance::Text what;
  compliance::Text advice;
};

/// `reply`: what the hub answered just now to a question that holds nothing of this PC; nullopt: it was not asked.
std::vector<Diagnosis> diagnose(const AgentState& state, const std::optional<platform::Result<HttpReply>>& reply,
                                const platform::Moment& now);

/// How the hub was last met, as a sentence.
compliance::Text contact_text(HubContact contact);

}  // namespace gokajo::agent
