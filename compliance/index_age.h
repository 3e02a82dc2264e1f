/// \file
/// Whether the indexes that tell of missing fixes are there and fresh enough to be believed: asked by updates.source-fresh itself and by
/// every check that would say "nothing is missing".
#pragma once

#include <optional>

#include "compliance/evidence.h"
#include "compliance/finding.h"
#include "compliance/memory.h"

namespace gokajo::compliance {

/// `max_days`: since this PC fetched the index. `content_days`: since its publisher made it. From the fetch on both count powered-on days
/// where the record covers them, up to `max_calendar_days`: an index as old as a fix may be missing can no longer show that none is
/// overdue. `fail_days`, of the calendar: from here on it is a fault, unless the record shows that the PC was on for no more than
/// `max_days` of them or was started less than `grace_hours_online` ago after days off.
struct IndexLimits {
  std::int64_t max_days = 7;
  std::int64_t content_days = 10;
  std::int64_t fail_days = 30;
  std::int64_t max_calendar_days = 14;
  std::int64_t grace_hours_online = 2;
};

/// A finding of verdict pass (situation "fresh" or "fresh-powered", with parameter "date"), fail or unknown. `now` is the scan's.
Finding judge_index_age(const Evidence& evidence, const IndexLimits& limits, const Memory& memory, Time now);

/// The names of the sources whose indexes list security fixes, in their order.
std::vector<const UpdateSource*> sources_of_fixes(const UpdateSources& sources);

}  // namespace gokajo::compliance
