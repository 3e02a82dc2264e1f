/// \file
/// 対応中: behind days off a PC finds updates late that nobody could have installed. It stays 要対応, but the owner is asked for it only
/// when the PC was on for 3 days since (people.md section 4, updates.security-installed).
#pragma once

#include "compliance/memory.h"
#include "compliance/powered_on_days.h"
#include "hub/records.h"

namespace gokajo::hub {

/// Longer than a weekend: so many days in a row switched off are days off of which a PC comes back.
inline constexpr int kDaysOff = 3;
/// The day of the return is the first of these.
inline constexpr int kDaysToCatchUp = 3;

/// Whether the failure came with the days off and the PC was on for no more than kDaysToCatchUp days since. False wherever that is not
/// proven: no record of powered-on days, one that a scan contradicts, days that may have been on (they count as on), a date that is not
/// known, a clock that is ahead; where updates were late before the PC was switched off, or a setting holds them back.
bool is_catching_up(const KeptFinding& finding, const compliance::Parameters& parameters, const std::string& situation,
                    const compliance::Fact<compliance::PoweredOn>& record, const compliance::Memory& memory);

}  // namespace gokajo::hub
