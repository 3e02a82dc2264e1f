/// \file
/// What is to be done on a company's PCs, as the weekly mail tells it: by cause, the most urgent first.
#pragma once

#include <vector>

#include "hub/mail/weekly_source.h"

namespace gokajo::hub {

/// To those that are there already, which are put in order with the others. Errors: those of the store.
platform::Status add_todos(const WeeklySource& source, std::vector<Todo>& todos);

}  // namespace gokajo::hub
