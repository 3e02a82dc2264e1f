/// \file
/// Where this system keeps things, and what it tells a program of its surroundings: names of folders and environment, in UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/invoker.h"

namespace gokajo::platform {

/// Of a service, by its program's name ("gokajo", "gokajo-hub"): /var/lib/<name>; on Windows ProgramData\Gokajo or ProgramData\Gokajo Hub.
std::string service_state_directory(std::string_view program);

/// Where an administrator puts the service's settings: /etc/<name>; on Windows its state directory.
std::string service_settings_directory(std::string_view program);

/// Of the person who runs it: $XDG_STATE_HOME/gokajo or ~/.local/state/gokajo; on Windows %LOCALAPPDATA%\Gokajo. Empty where there is no
/// home.
std::string personal_state_directory(const Invoker& who);

/// A variable of this process's environment; nullopt where it is not set or empty.
std::optional<std::string> environment(const char* name);

/// The language messages are wanted in, as a locale's name ("ja_JP.UTF-8", "ja-JP"): LC_ALL, LC_MESSAGES, LANG, the first that is set
/// (setlocale(3)); on Windows else that of the person's Windows. Empty where nothing says.
std::string user_locale();

/// Whether it has a folder of its own in this path's form: "/…", or "C:\…" on Windows.
bool is_absolute_path(std::string_view path);

}  // namespace gokajo::platform
