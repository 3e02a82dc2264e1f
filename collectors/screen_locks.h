/// \file
/// Which desktops are installed, and each person's screen lock.
#pragma once

#include "compliance/evidence/passwords.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Families of the session files in /usr/share/wayland-sessions and /usr/share/xsessions: "gnome", "cinnamon", "kde", else the file's own
/// name.
compliance::Fact<std::vector<std::string>> collect_desktops_linux(const platform::Host& host);

/// By uid, of people who can sign in; empty when there is no desktop.
std::map<std::string, compliance::Fact<compliance::ScreenLock>> collect_screen_locks_linux(const platform::Host& host,
                                                                                           const std::vector<std::string>& desktops);

}  // namespace gokajo::collectors
