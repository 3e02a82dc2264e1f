/// \file
/// A hub with very many PCs, for measuring: a year of verdicts that change and raw reports of the last weeks, straight through the store in
/// big transactions. What a PC says and what is found are those of a few kinds of PC, judged by the hub's own judging on each day one of
/// them is needed; only the keys belong to nobody.
#pragma once

#include <functional>

#include "hub/state.h"

namespace gokajo::hub::demo {

/// `pcs` in all, over `companies`. `days`: of changes. `raw_days`: of raw reports, one a business day. The same `seed`, day and numbers
/// give the same rows.
struct LoadSize {
  std::int64_t pcs = 2000;
  int companies = 1;
  int days = 365;
  int raw_days = 90;
  std::uint64_t seed = 1;
};

struct Loaded {
  std::int64_t reports = 0;
  std::int64_t verdicts = 0;  ///< times a PC's verdicts were set
};

/// Marks the folder and fills it. `told`: after each transaction, with how many PCs there are. Error{denied}: there is a company already.
platform::Result<Loaded> load(HubState& state, const LoadSize& size, Time now, const std::function<void(std::int64_t pcs)>& told = {});

}  // namespace gokajo::hub::demo
