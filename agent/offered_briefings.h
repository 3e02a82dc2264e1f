/// \file
/// The briefings that come with this program: id and date of each, as evidence for the checks of rule 5.
#pragma once

#include <vector>

#include "compliance/evidence/threats.h"

namespace gokajo::agent {

/// Newest first. `now` is when they were looked at. A bundled file that cannot be read is malformed (a test forbids it).
compliance::Fact<std::vector<compliance::BriefingOffered>> offered_briefings(platform::Time now);

}  // namespace gokajo::agent
