/// \file
/// What the late mail tells of the time in which the hub stood still, read from the store: results that the PCs had kept, results they had
/// to drop, and grave changes (hub/mail/grave.h) of which nobody could be told.
///
/// All of it rests on the times at which PCs scanned, by their own clocks. A clock is believed where at least one report of the last weeks
/// came in within an hour of its scan, none came from the future, and none was scanned before an earlier one. Where a clock is not
/// believed, what rests on it stays unsaid, for an owner takes a number as counted.
#pragma once

#include "hub/mail/business_days.h"
#include "hub/mail/weekly.h"
#include "hub/store.h"

namespace gokajo::hub {

/// When this hub did not run, as far as it knows: from its last sign of life to its start.
struct Stopped {
  platform::Time from{};
  platform::Time until{};
  bool slept = true;
};

/// How far back reports are looked at to judge a PC's clock.
inline constexpr platform::Days kClockSeen{28};

/// As known at `now`, of approved PCs. Kept: scanned before the hub was back and stored from then on. Lost: by how much the PCs' own counts
/// of dropped reports rose over that time. Changes: those that a scan of that time showed, one for each rule and PC as long as it lasted;
/// `back` where a later scan showed that all was well again. That there were none is only said where every PC has been heard of since.
/// Errors: those of the store.
platform::Result<Outage> outage_from(Store& store, const Company& company, const Calendar& calendar, const Stopped& stopped,
                                     platform::Time now);

}  // namespace gokajo::hub
