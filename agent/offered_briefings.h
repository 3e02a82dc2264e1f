/// \file
/// The briefings that people at this PC are offered: id and date of each, as evidence for the checks of rule 5.
#pragma once

#include <string>
#include <vector>

#include "compliance/evidence/threats.h"

namespace gokajo::agent {

/// Newest first: those that come with this program, and those the hub handed out to the service of `directory` (agent/handed_out.h; empty:
/// none). `now` is when they were looked at. A bundled file that cannot be read is malformed (a test forbids it).
compliance::Fact<std::vector<compliance::BriefingOffered>> offered_briefings(platform::Time now, const std::string& directory = "");

}  // namespace gokajo::agent
