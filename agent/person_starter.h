/// \file
/// For which sessions the service has to start a person's helper itself: the entry that Windows starts at sign-in may be gone, switched
/// off, or have come before this program did (an upgrade ends the helpers).
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "platform/clock.h"

namespace gokajo::agent {

inline constexpr std::chrono::minutes kHelperAsksEvery{10};
inline constexpr std::chrono::minutes kTimeToSignIn{2};  ///< a helper that Windows starts has it to speak
inline constexpr std::chrono::minutes kSilentFor{35};    ///< three times without a word
inline constexpr int kStartsInARow = 3;                  ///< without a word between them
inline constexpr std::chrono::hours kThenAgainAfter{24};

/// In memory alone: after a restart of the service everybody has time to speak.
class PersonStarter {
 public:
  /// Of `sessions`, where somebody is signed in, those that are to be started for now. `spoke`: when a helper spoke last, by session.
  std::vector<std::int64_t> due(const std::vector<std::int64_t>& sessions, const std::map<std::int64_t, platform::Moment>& spoke,
                                const platform::Moment& now);

 private:
  struct Session {
    platform::Moment seen;  ///< first, or started last
    int starts = 0;
  };
  std::map<std::int64_t, Session> known_;
};

}  // namespace gokajo::agent
