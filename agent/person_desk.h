/// \file
/// The service's side of the channel to the people at this PC: answers their helpers, and keeps what they say. What comes in is hostile
/// until it was read. What a person says is kept under their own SID, which the system told, and counts for that person alone; nothing of
/// it is executed or opened.
///
///   people/<SID>/briefings.json     which briefings that person understood, as in their own file (agent/briefings_read.h)
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "agent/notices.h"
#include "compliance/briefing.h"
#include "platform/clock.h"
#include "platform/person_channel.h"

namespace gokajo::agent {

inline constexpr int kMaxMessagesOfPerson = 60;      ///< in 10 minutes
inline constexpr std::size_t kMaxRemembered = 1000;  ///< people and sessions in memory

/// Thread-safe: the channel's thread asks, the service's thread tells and takes.
class PersonDesk {
 public:
  PersonDesk(std::string directory, const platform::Clock& clock) : directory_(std::move(directory)), clock_(clock) {}

  /// The answer to one message, whatever it is; empty for a caller without a usable SID.
  std::string answer(const platform::ChannelCaller& who, std::string_view message);

  /// What may be told from now on. `known_briefings`: only these can have been understood.
  void know(Tellable known, std::vector<compliance::Briefing> known_briefings);
  /// Results arrive, or do not.
  void know_arrival(bool not_arriving, std::optional<platform::Time> received);

  /// Whether somebody wished for a scan since this was asked last.
  bool take_scan_wish();
  /// When somebody's helper spoke last, by session.
  std::map<std::int64_t, platform::Moment> spoke() const;

 private:
  PersonAnswer take(const std::string& person, std::string_view message);
  PersonAnswer understood(const std::string& person, const std::string& briefing);
  bool too_often(const std::string& person);

  struct Rate {
    platform::Moment since;
    int messages = 0;
  };

  mutable std::mutex mutex_;
  std::string directory_;
  const platform::Clock& clock_;
  Tellable known_;
  std::vector<compliance::Briefing> briefings_;
  std::map<std::string, Rate> rates_;
  std::map<std::int64_t, platform::Moment> spoke_;
  bool scan_wished_ = false;
};

}  // namespace gokajo::agent
