/// \file
/// The numbers of a weekly mail: PCs by rule and by what is to be done on them, people by whether they read.
#pragma once

#include "hub/mail/weekly_source.h"

namespace gokajo::hub {

/// Fills `registered`, `fail`, `other`, `rules`, `readers` and `more_catching_up` (of all, none named yet). `week` has its `questions`
/// already: a PC that waits for one of them only counts as fine. Errors: those of the store.
platform::Status put_counts(const WeeklySource& source, Weekly& week);

}  // namespace gokajo::hub
