/// \file
/// What a weekly mail has to say, read from the store: verdicts as the hub came to them, PCs that are silent, what changed since the mail
/// before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/mail/business_days.h"
#include "hub/mail/weekly.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Silence (people.md section 4): this many business days, and this many days at least.
inline constexpr int kSilentBusinessDays = 5;
inline constexpr int kSilentDays = 7;

/// `last`: the last receipt, or the enrolment where there was none yet.
bool is_silent(platform::Time last, platform::Time now, const Calendar& calendar);

/// The company's calendar; days it wrote in another form than "2026-12-29" are none.
Calendar calendar_of(const Company& company);

/// `since`: when the mail before was counted; the changes after it are told.
struct WeeklyInput {
  std::string tenant;
  platform::Time now{};
  platform::Time since{};
};

/// A failure as something to do on that PC; nullopt where an exception covers it. `content`: the kept one, for the PC's system.
std::optional<Todo> todo_of(const Device& device, const KeptFinding& kept, const std::string& content);

/// Without `first` and `outage`: the caller knows of these. Only approved devices count. An exception is not asked for again: its PC needs
/// nothing done, and is not called fine either.
platform::Result<Weekly> weekly_from(Store& store, const WeeklyInput& input);

}  // namespace gokajo::hub
