/// \file
/// Plays a plan into a hub, day by day and by the clock of each day, the way everything comes: people and answers through the store, PCs
/// by enrolments and signed reports that the hub's own intake judges, the daily work by the hub's chores. No verdict is written by hand.
#pragma once

#include <functional>

#include "hub/demo/plan.h"
#include "hub/state.h"

namespace gokajo::hub::demo {

struct Played {
  std::int64_t companies = 0;
  std::int64_t pcs = 0;
  std::int64_t reports = 0;
};

/// Marks the folder, then fills it. `told`: before each day. Error{denied}: there is a company already. Other errors: the store's, or
/// failed where the hub refused what a PC of the demo sent.
platform::Result<Played> play(HubState& state, const Plan& plan, Time now, const std::function<void(Day)>& told = {});

}  // namespace gokajo::hub::demo
