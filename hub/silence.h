/// \file
/// When a PC has been silent for so long that its last verdicts count for nothing: people are away, PCs are off, and that is no alarm.
#pragma once

#include "hub/mail/business_days.h"
#include "hub/records.h"

namespace gokajo::hub {

inline constexpr int kSilentBusinessDays = 5;
inline constexpr int kSilentDays = 7;

/// The company's calendar (hub/mail/business_days.h); days it wrote in another form than "2026-12-29" are none.
Calendar calendar_of(const Company& company);

/// Since 5 business days and at least 7 days without a report; `last`: the newest, or the enrolment where there was none.
bool is_silent(Time last, Time now, const Calendar& calendar);
bool is_silent(const Company& company, const Device& device, Time now);

}  // namespace gokajo::hub
