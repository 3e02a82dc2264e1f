#include <algorithm>

#include "compliance/checks.h"
#include "compliance/index_age.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings& settings, const Memory& memory, Time now) {
  // An index that lies here is itself the last good answer of the archive, so the longer of the two counts.
  const auto days = std::max(number(settings, "max_days"), number(settings, "keep_last_good_days"));
  return judge_index_age(evidence,
                         {.max_days = days,
                          .content_days = std::max(days, number(settings, "content_days")),
                          .fail_days = std::max(days, number(settings, "fail_days")),
                          .max_calendar_days = number(settings, "max_calendar_days"),
                          .grace_hours_online = number(settings, "grace_hours_online")},
                         memory, now);
}

}  // namespace

// content_days: an archive of fixes is signed anew at least weekly (Debian: Valid-Until = Date + 7 days), so a copy older than that plus
// the days a mirror may lag is an old copy. Both count powered-on days where those are known, and max_calendar_days of the calendar at
// most: 14 days is how long a fix may be missing (SCS 4-4-4-2), and an older index can hide one that is overdue. fail_days: between
// max_days and this, a PC that was switched off is as likely as a fault.
const Check updates_source_fresh{.id = "updates.source-fresh",
                                 .judge = judge,
                                 .settings = {{"max_days", std::int64_t{7}},
                                              {"keep_last_good_days", std::int64_t{7}},
                                              {"content_days", std::int64_t{10}},
                                              {"fail_days", std::int64_t{30}},
                                              {"max_calendar_days", std::int64_t{14}},
                                              {"grace_hours_online", std::int64_t{2}}}};

}  // namespace gokajo::compliance
