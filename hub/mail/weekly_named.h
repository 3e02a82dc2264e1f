/// \file
/// PCs that the weekly mail names although nothing is to be done on them: silent, at rest, catching up.
#pragma once

#include "hub/mail/weekly_source.h"

namespace gokajo::hub {

/// Fills `silent` and `more_silent`. Errors of all three: those of the store.
platform::Status put_silent(const WeeklySource& source, Weekly& week);

/// Fills `resting`.
platform::Status put_resting(const WeeklySource& source, Weekly& week);

/// Fills `catching_up` and `catching_up_devices`, and takes them off `more_catching_up`, which counts all (hub/mail/weekly_counts.h).
platform::Status put_catching_up(const WeeklySource& source, Weekly& week);

}  // namespace gokajo::hub
