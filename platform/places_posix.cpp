#include <cstdlib>

#include "platform/places.h"

namespace gokajo::platform {

std::string service_state_directory(std::string_view program) { return "/var/lib/" + std::string(program); }

std::string service_settings_directory(std::string_view program) { return "/etc/" + std::string(program); }

std::string personal_state_directory(const Invoker& who) {
  const auto xdg = environment("XDG_STATE_HOME");
  if (xdg && is_absolute_path(*xdg)) return *xdg + "/gokajo";  // a relative path is to be ignored (XDG Base Directory Specification)
  return who.home.empty() ? "" : who.home + "/.local/state/gokajo";
}

std::optional<std::string> environment(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? std::optional<std::string>(value) : std::nullopt;
}

std::string user_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const auto value = environment(name)) return *value;
  return {};
}

bool is_absolute_path(std::string_view path) { return path.starts_with('/'); }

}  // namespace gokajo::platform
