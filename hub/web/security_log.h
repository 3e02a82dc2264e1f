/// \file
/// What happens at the hub about security, one line each, for the log of whoever runs the hub (docs/security-decisions.md lists the
/// events):
///
///     security 2026-11-26T01:00:00Z sign-in-refused by=password person=tanaka@example.jp address=192.0.2.9
///
/// A line holds no secret, and nothing that somebody typed: `person` only of who is known here, for a password may stand in the wrong
/// field. Of each event at most kEventBurst at once, then one a second, so that nobody fills the log; what was left out is counted in the
/// next.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hub/people.h"
#include "hub/token_buckets.h"

namespace gokajo::hub {

struct Visit;

inline constexpr double kEventBurst = 100;

/// Of one thread.
struct EventLimits {
  TokenBuckets of_event{1, kEventBurst, 50};
  std::map<std::string, std::int64_t> left_out;
};

/// The line, for whoever has no Visit; none where there were too many of this event. `mail` may be empty.
std::optional<std::string> event_line(EventLimits& limits, Time now, const std::string& event, std::string_view by, const std::string& mail,
                                      const std::string& address);

/// `event` and `by` are words of the program. At once, whatever becomes of the transaction.
void note(Visit& visit, const std::string& event, std::string_view by, const Person* person = nullptr);
/// What went wrong inside, for whoever runs the hub; within the same bounds.
void note_trouble(Visit& visit, const std::string& detail);
/// Once it was committed.
void note_when_done(Visit& visit, const std::string& event, std::string_view by, const Person& person);

}  // namespace gokajo::hub
