#include "agent/person_starter.h"

#include <algorithm>

namespace gokajo::agent {

using platform::elapsed, platform::Moment;

std::vector<std::int64_t> PersonStarter::due(const std::vector<std::int64_t>& sessions, const std::map<std::int64_t, Moment>& spoke,
                                             const Moment& now) {
  std::erase_if(known_, [&](const auto& one) { return std::find(sessions.begin(), sessions.end(), one.first) == sessions.end(); });
  std::vector<std::int64_t> starts;
  for (const auto id : sessions) {
    auto& session = known_.try_emplace(id, Session{now, 0}).first->second;
    const auto silent_for = elapsed(session.seen, now);
    const auto word = spoke.find(id);
    const auto last_word = word == spoke.end() ? silent_for + kSilentFor : elapsed(word->second, now);
    if (last_word < silent_for) session.starts = 0;  // it spoke since
    if (last_word < kSilentFor) continue;
    const std::chrono::milliseconds wait = session.starts == 0              ? std::chrono::milliseconds(kTimeToSignIn)
                                           : session.starts < kStartsInARow ? std::chrono::milliseconds(kSilentFor)
                                                                            : std::chrono::milliseconds(kThenAgainAfter);
    if (silent_for < wait) continue;
    session.seen = now;
    ++session.starts;
    starts.push_back(id);
  }
  return starts;
}

}  // namespace gokajo::agent
