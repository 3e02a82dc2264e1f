/// \file
/// The service among the people at this PC: keeps the channel to them open, and a helper running wherever somebody is signed in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/person_desk.h"
#include "agent/person_starter.h"
#include "platform/person_channel.h"

namespace gokajo::agent {

/// `channel`: opens it (platform/person_channel.h). `sessions`, `start`: platform/person_sessions.h; `start` starts the helper there.
/// Without `channel` nobody is reached.
struct ReceptionParts {
  std::function<platform::Result<std::unique_ptr<platform::PersonChannel>>(platform::ChannelAnswer)> channel = {};
  std::function<platform::Result<std::vector<std::int64_t>>()> sessions = {};
  std::function<platform::Status(std::int64_t session)> start = {};
};

/// Those of this system, by which the service of a real PC reaches people.
ReceptionParts people_of_this_pc();

/// Stays where it is made: the channel's thread knows its place.
class Reception {
 public:
  Reception(std::string directory, const platform::Clock& clock, ReceptionParts parts);
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  /// Does what is due. True: somebody wished for a scan. `log` is told once of what does not work, such as a channel whose name another
  /// program took: the service goes on without, and tries again.
  bool tick(const std::function<void(const std::string&)>& log);

  PersonDesk& desk() { return desk_; }

 private:
  void open_channel(const std::function<void(const std::string&)>& log);
  void start_helpers(const std::function<void(const std::string&)>& log);

  ReceptionParts parts_;
  const platform::Clock& clock_;
  PersonDesk desk_;
  PersonStarter starter_;
  std::string last_problem_, last_start_problem_;
  std::unique_ptr<platform::PersonChannel> channel_;  ///< last: it ends before the desk does
};

}  // namespace gokajo::agent
