/// \file
/// What a service says in the system's own log for administrators: Windows' Event Log. Elsewhere the journal has what the program prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/state_directory.h"

namespace gokajo::platform {

/// The whole number of a message in platform/windows/resources/messages.mc: severity, and the id that the Event Viewer shows (its low
/// word). For good: administrators filter by them.
enum class Event : std::uint32_t {
  started = 0x40000001,  ///< version
  stopped = 0x40000002,
  folder_set_aside = 0x80000003,  ///< folder, where it is now
  access_mended = 0x80000004,     ///< folder
  access_loose = 0x80000005,      ///< folder
  acl_unverifiable = 0x80000006,  ///< folder
  not_started = 0xC0000007,       ///< why, in English
  note = 0x4000000A,              ///< a line of the log, in English
};

/// Writes it under the service's name. `inserts`: what %1, %2 … of the message stand for; SIDs of accounts are cut to "S-1-5-21-…",
/// mail addresses to "…@…"; each is at most 2,000 bytes. Does nothing where this program is no service of Windows. Thread-safe.
void log_event(Event event, const std::vector<std::string>& inserts = {});

/// What a start found of its folder, one event each.
void log_events_of(const TakenDirectory& taken, const std::string& path);

/// An insert as it is written.
std::string event_insert(std::string text);

}  // namespace gokajo::platform
