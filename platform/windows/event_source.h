/// \file
/// A name under which events are written to Windows' Event Log, and the file its messages are read from (Microsoft: "Event Sources").
#pragma once

#include <string>
#include <vector>

#include "platform/event_log.h"
#include "platform/result.h"

namespace gokajo::platform {

/// Adds or renews `source` in the log "Application"; its messages are in this very program. Needs an administrator.
Status register_event_source(const std::string& source);

/// One that is not there is removed.
Status remove_event_source(const std::string& source);

/// From now on log_event() writes as `source`.
void log_events_as(const std::string& source);

Status write_event(const std::string& source, Event event, const std::vector<std::string>& inserts);

}  // namespace gokajo::platform
