/// \file
/// What a weekly mail has to say, read from the store: verdicts as the hub came to them, PCs that are silent, what changed since the mail
/// before.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "hub/library.h"
#include "hub/mail/weekly.h"
#include "hub/silence.h"
#include "hub/store.h"

namespace gokajo::hub {

/// `since`: when the mail before was counted; the changes after it are told. `library`: of packs; none: only
/// those compiled in. `readers_up_to`: of a company with more PCs nobody counts who read the briefings, which takes a look at each PC.
/// `names_up_to`: so many PCs are named for each thing to do, each change, those that are silent and those catching up, the
/// longest open, the newest first or by name; the others are counted, but for changes.
struct WeeklyInput {
  std::string tenant;
  platform::Time now{};
  platform::Time since{};
  const Library* library = nullptr;
  std::size_t readers_up_to = 1000;
  std::size_t names_up_to = std::numeric_limits<std::size_t>::max();
};

/// Without `first` and `outage`: the caller knows of these. Only approved devices count. An exception is not asked for again: its PC needs
/// nothing done, and is not called fine either.
platform::Result<Weekly> weekly_from(Store& store, const WeeklyInput& input);

}  // namespace gokajo::hub
