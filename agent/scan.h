/// \file
/// One scan: collect, add declarations, judge. No output here.
#pragma once

#include "agent/told_readings.h"
#include "compliance/judge.h"
#include "platform/host.h"

namespace gokajo::agent {

struct ScanInput {
  compliance::Pack pack;  ///< without policy
  compliance::Policy policy{compliance::kPolicyFormat, {}, {}, {}};
  compliance::Memory memory;
  std::vector<compliance::Declaration> declarations;
  std::string handed_out;  ///< the service's state directory, whose briefings of the hub are offered too; empty: none
  ToldReadings told = {};  ///< what people said of themselves to the service
};

struct ScanResult {
  platform::Time scanned_at{};
  compliance::Evidence evidence;
  compliance::Pack pack;  ///< effective
  compliance::Judgement judgement;
  compliance::Memory memory;  ///< for the next scan
};

/// Told before each topic is looked at (collectors/collect.h).
struct Watcher {
  void (*tell)(const char* topic, void* context) = nullptr;
  void* context = nullptr;
};

/// `now` is the clock everything is judged by: the PC's, or a snapshot's own. `host` gives the same answer to the same question
/// (platform/snapshot.h): it may be asked again. Fails only when policy and pack do not fit.
platform::Result<ScanResult> scan(const platform::Host& host, const ScanInput& input, platform::Time now, Watcher watcher = {});

}  // namespace gokajo::agent
