/// \file
/// When a PC has been silent for so long that its last verdicts count for nothing: people are away, PCs are off, and that is no alarm.
#pragma once

#include "hub/records.h"

namespace gokajo::hub {

inline constexpr int kSilentBusinessDays = 5;
inline constexpr int kSilentDays = 7;

/// Days of the company from Monday to Friday that are none of its closed days, after the day of `from` and up to that of `to`.
int business_days(const Company& company, Time from, Time to);

/// Since 5 business days and at least 7 days without a report; from its enrolment on where there was none.
bool is_silent(const Company& company, const Device& device, Time now);

}  // namespace gokajo::hub
