/// \file
/// What changed since the weekly mail before: PCs that have something to do since, and what was solved.
#pragma once

#include "hub/mail/weekly_source.h"

namespace gokajo::hub {

/// Fills `newly`, `newly_devices` and `solved`. Errors: those of the store.
platform::Status put_changes(const WeeklySource& source, Weekly& week);

}  // namespace gokajo::hub
