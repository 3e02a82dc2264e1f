/// \file
/// `store` of hub.toml, above every table: where the hub keeps everything when not in a file of its own directory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::hub {

/// "postgres://…"; nullopt: it is not set. Errors name the line, and never what stands there: it may hold a password.
platform::Result<std::optional<std::string>> read_store_setting(std::string_view toml);

/// For open_store(): what hub.toml says, else hub.db in the hub's directory.
platform::Result<std::string> find_store(const std::string& directory);

}  // namespace gokajo::hub
