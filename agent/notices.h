/// \file
/// What a person at this PC is to be told of, as the service knows it: one contract for every system, whatever shows it there.
///
/// | notice         | when                                                                    | source                     |
/// |----------------|-------------------------------------------------------------------------|----------------------------|
/// | begun          | the PC was scanned                                                      | people.md, decision 12     |
/// | not_arriving   | more than 7 days without a receipt                                      | people.md, decision 11     |
/// | restart        | a restart has been waited for 7 days or more                            | people.md, section 5, 2    |
/// | briefing       | the newest is unread, and nothing was read in the last 30 days          | people.md, section 4       |
/// | drill          | none was done in the last 335 days                                      | SCS ★3, 4-2-2-1            |
///
/// A restart that is put off runs on the clock of updates.security-installed (14 days): 7 days leave a week for it. Questions of the pack
/// are the company's and its person in charge answers them, so that an employee is told of none.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/person_message.h"
#include "agent/scan.h"
#include "compliance/briefing.h"

namespace gokajo::agent {

inline constexpr std::int64_t kTellRestartAfterDays = 7;
inline constexpr platform::Days kOfferAfter{30};
inline constexpr platform::Days kDrillAfter{335};  ///< a month before the year is over

/// A person whose readings could be read: when the last briefing was, whether the newest is among them, and when the last drill was.
struct PersonReading {
  std::optional<platform::Time> last;
  bool newest = false;
  std::optional<platform::Time> drilled;
};

/// The newest that is out: its id, and how long it takes.
struct Offer {
  std::string id;
  std::int64_t minutes = 0;
};

/// `readings`: by SID or uid; whoever's record could not be read is not in it. `briefing`, `drill`: absent where there is none.
struct Tellable {
  bool scanned = false;
  bool not_arriving = false;
  std::optional<platform::Time> received;
  std::optional<std::int64_t> restart_days;
  std::optional<Offer> briefing;
  std::optional<Offer> drill;
  std::map<std::string, PersonReading> readings;
};

/// Of a briefing; nullopt where there is none.
std::optional<Offer> offer_of(const compliance::Briefing* briefing);

/// What a scan found, of which somebody may be told. `briefings`: newest first (agent/handed_out.h).
Tellable tellable_of(const ScanResult& scan, const std::vector<compliance::Briefing>& briefings);

/// Takes one more record into it, as the checks of the topic "threats" count them: a moment that has not come by `now` is none.
void add_reading(PersonReading& reading, const compliance::BriefingRead& one, const Tellable& known, platform::Time now);

/// Whether it is time for a drill: none was done in the last kDrillAfter.
bool drill_is_due(const PersonReading& reading, platform::Time now);

/// For one person, the most urgent first.
std::vector<Notice> notices_for(const Tellable& known, const std::string& person, platform::Time now);

}  // namespace gokajo::agent
