/// \file
/// Since when a fix is missing: what the PC's own files bound, and what earlier scans saw.
#pragma once

#include <optional>
#include <string>

#include "compliance/evidence/updates.h"
#include "compliance/memory.h"

namespace gokajo::compliance {

/// A fix above what is installed, or what may be one; not what is phased, new or going.
bool is_missing_fix(const PendingUpdate& update);

/// Between these the first fix came out; absent where nothing bounds it. A bound in the future is none.
struct FixDates {
  std::optional<Time> not_before;
  std::optional<Time> not_after;
};
FixDates fix_dates(const PendingUpdate& update, const UpdateSources* sources, const Memory& memory, Time now);

/// "offer/<package>:<arch>/<installed version>"
std::string offer_key(const PendingUpdate& update);

/// The part of remember() for offers: first sights are kept while the package lacks a fix at the same version, and forgotten when it does
/// not.
void remember_offers(Memory& next, const Updates& updates);

}  // namespace gokajo::compliance
