/// \file
/// When a PC has been silent for so long that its last verdicts count for nothing: people are away, PCs are off, and that is no alarm.
/// People.md section 4: 5 business days and at least 7 days, the company's own days off respected, and twice the PC's own usual gap; or as
/// long as somebody said that it rests (休ませる).
#pragma once

#include "hub/mail/business_days.h"
#include "hub/store.h"

namespace gokajo::hub {

inline constexpr int kSilentBusinessDays = 5;
inline constexpr int kSilentDays = 7;
/// From then on the mail asks whether the PC is gone for good (廃棄しましたか).
inline constexpr platform::Days kGoneDays{30};
/// Weeks of reports in which a PC's usual gap is looked for, and the longest gap that is believed: twice it is kGoneDays.
inline constexpr platform::Days kGapSeen{56};
inline constexpr int kLongestGap = 15;
/// A rest ends at the latest so many days after it was begun.
inline constexpr platform::Days kLongestRest{366};

/// The company's calendar (hub/mail/business_days.h); days it wrote in another form than "2026-12-29" are none.
Calendar calendar_of(const Company& company);

/// The gap, in days, that this PC had at least twice between days on which it was heard of: the second longest one. A PC that is used on
/// Mondays has 7, one of an office that closes at weekends 3. One long absence, a holiday or days without the hub make no habit, and so
/// cannot hide that a PC is gone. 0 where it has no habit yet (fewer than three days); never more than kLongestGap. `heard`: when its
/// reports came in, by the hub's clock.
int usual_gap(const std::vector<Time>& heard, const Calendar& calendar);

/// `last`: the newest report, or the enrolment where there was none. `gap`: see usual_gap().
bool is_silent(Time last, Time now, const Calendar& calendar, int gap = 0);

/// resting: by a person's word, and nothing came since. resting_heard: it reported all the same; it is in use, so its failures count, yet
/// it passes nothing until the rest is over or taken back.
enum class Contact { heard, silent, resting, resting_heard };

/// Reads the PC's reports only where it would be silent without a habit of its own. Errors: those of the store.
platform::Result<Contact> contact_of(Store& store, const Calendar& calendar, const Device& device, Time now);

/// What a rule counts the PC for: nullopt where it counts as silent or resting instead of by this verdict.
std::optional<compliance::Verdict> counted_as(Contact contact, compliance::Verdict verdict);

/// The moment a rest until this day ends: the day's own end in the company's offset.
Time end_of_rest(Day last_day, const Calendar& calendar);
/// The last day of a device's rest; it must have one.
Day last_day_of_rest(const Device& device, const Calendar& calendar);

}  // namespace gokajo::hub
