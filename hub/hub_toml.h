/// \file
/// Which hub.toml holds: that in the hub's directory, else the machine's.
#pragma once

#include <string>

#include "platform/own_file.h"
#include "platform/places.h"

namespace gokajo::hub {

inline constexpr std::size_t kMaxHubToml = 1U << 20U;

/// What `read` (text -> Result<std::optional<...>>) takes out of it; nothing where there is neither. Errors name the file.
template <class Read>
auto from_hub_toml(const std::string& directory, const Read& read) -> decltype(read("")) {
  for (const auto& file : {directory + "/hub.toml", platform::service_settings_directory("gokajo-hub") + "/hub.toml"}) {
    const auto text = platform::read_own_file(file, kMaxHubToml);
    if (!text && text.error().kind == platform::ErrorKind::not_found) continue;
    if (!text) return platform::Error{text.error().kind, file + ": " + text.error().detail};
    auto found = read(*text);
    if (!found) return platform::Error{found.error().kind, file + ": " + found.error().detail};
    return found;
  }
  return {std::nullopt};
}

}  // namespace gokajo::hub
