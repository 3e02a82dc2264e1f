/// \file
/// How every demo begins: the folder's mark, its table of monthly updates, companies and people.
#pragma once

#include <vector>

#include "hub/demo/plan.h"
#include "hub/state.h"

namespace gokajo::hub::demo {

/// Error{denied}: there is a company already; its name.
platform::Status begin_demo(const HubState& state, Time now);

/// Inside a transaction.
platform::Status put_companies_and_people(Store& store, const std::vector<Company>& companies, const std::vector<PersonPlan>& people);

}  // namespace gokajo::hub::demo
