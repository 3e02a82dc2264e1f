/// \file
/// Telling the system that a program of ours is to live in the background: Windows' service manager. Elsewhere packages bring a unit of
/// systemd, and these calls are unsupported.
#pragma once

#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// `name`: as in program.h, which the service is started by; `display` and `description`: what the list of services shows, in the language
/// of whoever installs.
struct ServiceDescription {
  std::string name;
  std::string display;
  std::string description;
};

/// Installs this very program (its path in quotes) as a service of LocalSystem that starts by itself, late, after RpcSs; one that crashes
/// or ends with an error is started again after one minute, then five, then not before the next day. An installed one is brought to this.
/// Needs an administrator. Errors: denied, failed, unsupported.
Status install_service(const ServiceDescription& service);

/// Starts it; one that runs already is fine. Returns when it runs, within 30 s.
Status start_service(const std::string& name);

/// Waits until nothing but this process runs this very program any more, for up to 30 s: a service says that it has stopped a moment before
/// its program can be replaced. Errors: timed_out; unsupported.
Status wait_for_others_to_end();

/// What an administrator types to have the service of "gokajo" or "gokajo-hub" run, or stop: for advice. On Windows in a terminal that was
/// opened as administrator.
std::string start_command(const std::string& program);
std::string stop_command(const std::string& program);

/// Where what keeps programs from looking writes of it, by its names, and how date and time are made to set themselves: for advice.
std::string guards_of_system();
std::string automatic_time();

/// A command as an administrator types it, for advice: with sudo, or in a terminal that was opened as administrator.
std::string as_administrator(const std::string& command);

/// Stops it, waits for its end for up to 30 s, and removes it. One that is not there is removed.
Status remove_service(const std::string& name);

}  // namespace gokajo::platform
