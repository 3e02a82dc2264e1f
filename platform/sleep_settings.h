/// \file
/// Whether this machine goes to sleep by itself: a program that others must reach cannot be reached then.
#pragma once

#include <string>

#include <boost/describe.hpp>

namespace gokajo::platform {

/// never: it cannot, or nothing here makes it. when_idle: a setting says so. desktop: a desktop is installed, and desktops let the machine
/// sleep after minutes without a hand on it unless told otherwise; its own settings are each user's and were not read. lid: when its lid is
/// closed.
enum class Sleep { never, when_idle, desktop, lid };
BOOST_DESCRIBE_ENUM(Sleep, never, when_idle, desktop, lid)

/// Sources: systemd-sleep.conf(5), logind.conf(5) (IdleAction, HandleLidSwitch), systemd.unit(5) (masking), the kernel's
/// Documentation/admin-guide/pm/sleep-states.rst (/sys/power/state) and drivers/acpi/button.c (a lid is PNP0C0D). `root`: another tree, for
/// tests. Needs no rights.
Sleep sleep_settings(const std::string& root = "");

/// What an administrator types to keep this machine awake, for advice.
std::string stay_awake_command();

}  // namespace gokajo::platform
