#include "platform/person_channel.h"

namespace gokajo::platform {

// Whoever uses a PC with another system finds the same in the page and the summary (agent/own_page.h, agent/summary.h).
Result<std::unique_ptr<PersonChannel>> open_person_channel(const std::string&, ChannelLimits, ChannelAnswer) {
  return Error{ErrorKind::unsupported, "no channel on this system"};
}

Result<std::string> ask_over_channel(const std::string&, ChannelLimits, std::string_view) {
  return Error{ErrorKind::unsupported, "no channel on this system"};
}

}  // namespace gokajo::platform
