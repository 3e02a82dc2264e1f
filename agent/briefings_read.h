/// \file
/// Which briefings a person understood: briefings.json in the person's own state directory (compliance/evidence/threats.h).
#pragma once

#include <string>

#include "compliance/evidence/threats.h"
#include "platform/result.h"

namespace gokajo::agent {

/// An empty list where there is none. A file that is not what it should be is renamed to "briefings.json.damaged" and counts as none.
compliance::BriefingsRead load_briefings_read(const std::string& directory);

/// Adds or renews one entry, durably. The directory is made where it is missing; one that others may write to is denied.
platform::Status record_briefing_read(const std::string& directory, const compliance::BriefingRead& read);

}  // namespace gokajo::agent
