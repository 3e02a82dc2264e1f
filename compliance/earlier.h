/// \file
/// Facts of an earlier scan, kept because the PC gave no answer in time now (Fact::no_newer). They are shown with their date for as long as
/// the agent keeps them, and count for seven days: as of that date, and never against what the PC says now.
#pragma once

#include <vector>

#include "compliance/evidence.h"

namespace gokajo::compliance {

inline constexpr platform::Days kEarlierCounts{7};

/// Puts into `evidence` the facts it lacks because no answer came in time and that `with_earlier` has: the same PC, collected with those of
/// its last answers that were given at `seen` or later in place of the ones that did not come. What the PC does say now stays. The facts
/// taken are of `seen`, whatever their collector made of it: without an answer of just then they would be there already, when called for
/// the newest answers first.
void take_earlier(Evidence& evidence, const Evidence& with_earlier, Time seen);

/// No more times than these are told apart: a PC has fewer questions that may go without an answer.
inline constexpr std::size_t kMaxEarlierTimes = 12;

/// When the facts of earlier scans in it were seen, newest first, each time once.
std::vector<Time> times_of_earlier(const Evidence& evidence);

/// Without the facts of earlier scans that were seen before `since`; without any, unless given.
Evidence without_earlier(Evidence evidence, std::optional<Time> since = std::nullopt);

}  // namespace gokajo::compliance
