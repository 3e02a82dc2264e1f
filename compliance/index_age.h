/// \file
/// Whether the indexes that tell of missing fixes are there and fresh enough to be believed: asked by updates.source-fresh itself and by
/// every check that would say "nothing is missing".
#pragma once

#include <optional>

#include "compliance/evidence/updates.h"
#include "compliance/finding.h"

namespace gokajo::compliance {

/// `max_days`: since this PC fetched the index. `content_days`: since its publisher made it. `fail_days`: from here on it is a fault.
struct IndexLimits {
  std::int64_t max_days = 7;
  std::int64_t content_days = 10;
  std::int64_t fail_days = 30;
};

/// A finding of verdict pass (situation "fresh"), fail or unknown. `now` is the scan's.
Finding judge_index_age(const Fact<UpdateSources>& sources, const IndexLimits& limits, Time now);

/// The names of the sources whose indexes list security fixes, in their order.
std::vector<const UpdateSource*> sources_of_fixes(const UpdateSources& sources);

}  // namespace gokajo::compliance
