#include "agent/reception.h"

#include <utility>

#include "platform/person_sessions.h"

namespace gokajo::agent {

using platform::ChannelCaller, platform::ErrorKind;

ReceptionParts people_of_this_pc() {
  return {[](platform::ChannelAnswer answer) { return platform::open_person_channel(platform::kPersonChannelName, {}, std::move(answer)); },
          &platform::signed_in_sessions, [](std::int64_t session) { return platform::start_for_session(session, {"person", "run"}); }};
}

Reception::Reception(std::string directory, const platform::Clock& clock, ReceptionParts parts)
    : parts_(std::move(parts)), clock_(clock), desk_(std::move(directory), clock) {}

bool Reception::tick(const std::function<void(const std::string&)>& log) {
  if (!parts_.channel) return false;
  if (!channel_) open_channel(log);
  if (channel_) start_helpers(log);
  return desk_.take_scan_wish();
}

void Reception::open_channel(const std::function<void(const std::string&)>& log) {
  auto opened = parts_.channel([this](const ChannelCaller& who, std::string_view message) { return desk_.answer(who, message); });
  if (opened) {
    channel_ = std::move(*opened);
    last_problem_.clear();
    return;
  }
  if (opened.error().kind == ErrorKind::unsupported) {
    parts_ = {};  // this system has none
    return;
  }
  const auto line = "the people at this PC cannot be reached: " + opened.error().detail;
  if (std::exchange(last_problem_, line) != line) log(line);
}

void Reception::start_helpers(const std::function<void(const std::string&)>& log) {
  if (!parts_.sessions || !parts_.start) return;
  const auto sessions = parts_.sessions();
  std::string problem = sessions ? "" : sessions.error().detail;
  if (sessions)
    for (const auto session : starter_.due(*sessions, desk_.spoke(), clock_.now()))
      if (const auto started = parts_.start(session); !started && started.error().kind != ErrorKind::not_found)
        problem = started.error().detail;
  if (std::exchange(last_start_problem_, problem) != problem && !problem.empty()) log("no helper for the people at this PC: " + problem);
}

}  // namespace gokajo::agent
