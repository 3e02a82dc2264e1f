/// \file
/// What a PC is, from its evidence: kept with its row, so that a table of all PCs reads no report.
#pragma once

#include "compliance/evidence.h"
#include "hub/records.h"

namespace gokajo::hub {

Machine machine_of(const compliance::Evidence& evidence);

}  // namespace gokajo::hub
