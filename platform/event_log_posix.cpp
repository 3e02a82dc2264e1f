#include "platform/event_log.h"

namespace gokajo::platform {

void log_event(Event, const std::vector<std::string>&) {}

}  // namespace gokajo::platform
