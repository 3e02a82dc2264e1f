/// \file
/// Reports that travel in a folder, on a USB stick say, from a PC without network to `gokajo-hub import` and receipts back:
/// docs/protocol.md, "A report that is carried".
#pragma once

#include <string>
#include <vector>

#include "agent/reporting.h"

namespace gokajo::agent {

/// `receipted`: reports whose receipts were in the folder; they no longer wait. `written`: reports that lie there now. `problems`: files
/// that could not be taken or written, and why.
struct CarryOutcome {
  int receipted = 0;
  int written = 0;
  std::vector<platform::Error> problems;
};

/// Takes the receipts of this PC from the folder, and writes what then waits into it. Files of other PCs are left alone; its own reports
/// that are receipted are removed with their receipts. Error{not_found}: no such folder.
platform::Result<CarryOutcome> carry(Reporting& reporting, const std::string& folder);

}  // namespace gokajo::agent
