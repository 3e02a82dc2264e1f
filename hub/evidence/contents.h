/// \file
/// What an evidence pack holds of a company and a period, read from the store and written member by member. docs/evidence-pack.md has every
/// field. One thread, inside a reading transaction of the store: everything is of one moment, and nobody waits for it.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "compliance/text.h"
#include "hub/evidence/pack_writer.h"
#include "hub/library.h"
#include "hub/store.h"

namespace gokajo::hub {

/// `from` to `until`, which is outside.
struct PackPeriod {
  Time from{};
  Time until{};
};

/// Changes of one PC within a period beyond which no pack is made: far more than its checks can bring about.
inline constexpr std::int64_t kMostChangesOfDevice = 50000;

/// A rule of the company's pack, and how many PCs stood how when it was made: by verdict, or kSilentVerdict, kRestingVerdict
/// (hub/counted.h).
struct RuleResult {
  compliance::Text name;
  std::map<std::string, std::int64_t> pcs;
};

/// How much there is of what, for the cover. `reports_from`: the oldest report there is of the period.
struct PackCounts {
  std::vector<RuleResult> rules;
  std::int64_t devices = 0;
  std::int64_t reports = 0;
  std::int64_t changes = 0;
  std::int64_t deeds = 0;
  std::int64_t declarations = 0;
  std::optional<Time> reports_from;
};

/// `now`: when it is made. `goes_on`: asked before each PC's reports.
struct PackSource {
  Store& store;
  const Library* library;
  Time now;
  std::function<bool()> goes_on;
};

/// Writes every member but the cover. Errors: the store's and the writer's; too_large: more PCs than a pack has members for, or
/// kMostChangesOfDevice; timed_out: it shall not go on.
platform::Result<PackCounts> write_contents(PackWriter& writer, const PackSource& source, const Company& company, PackKind kind,
                                            const PackPeriod& period);

}  // namespace gokajo::hub
