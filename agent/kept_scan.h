/// \file
/// A scan that goes on where the last one ended: with its answers that still hold, and leaving what the next one shall know.
#pragma once

#include "agent/scan.h"
#include "agent/state.h"
#include "platform/host.h"

namespace gokajo::agent {

/// `kept`: whether memory, answers and the last result could be written; the scan counts all the same.
struct KeptScan {
  ScanResult result;
  platform::Status kept = platform::Done{};
};

/// Asks the running PC. `input` holds the memory and declarations of `state`. `keep`: false writes nothing.
platform::Result<KeptScan> scan_and_keep(const platform::Host& host, State& state, const ScanInput& input, platform::Time now, bool keep,
                                         Watcher watcher = {});

/// The document of `gokajo scan --format json`.
platform::Json document_of(const ScanResult& result);

}  // namespace gokajo::agent
