/// \file
/// Windows' service manager: installing this program as a service, being run as one, and telling how it goes. Every path is quoted, every
/// name fixed; the rights it takes are an administrator's.
#pragma once

#include <windows.h>

#include <functional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

/// Asks this program to stop, as its StopWish hears it (service.h). Thread-safe.
void wish_to_stop();

/// Ends one waiting for that wish early: the PC woke up, and time has passed that no clock of this process saw, or somebody
/// signed in. Thread-safe.
void wake_up();

/// Called by the program that the service manager started: connects to it, runs `run` as the service `name` and returns its exit code when
/// the service has ended. Error{failed}: this is no start by the service manager.
Result<int> run_as_service(const char* name, const std::function<int()>& run);

/// What the service manager asks of a running service (HandlerEx): its control code and the kind of event. Wishes to stop are answered at
/// once and followed within 10 s; a PC that woke up ends one waiting early. Returns what the service manager is told.
DWORD answer_control(DWORD control, DWORD event);

/// Tells the service manager that the service has stopped, before the program ends in the middle of something: an end that was not told
/// counts as a crash, and would be followed by a new start. Does nothing outside of a service.
void tell_stopped();

/// "READY=1" and "STOPPING=1" of sd_notify become states of the service, everything else nothing. Does nothing outside of a service.
void report_to_service_manager(std::string_view message);

}  // namespace gokajo::platform
