/// \file
/// A language by its name on a command line.
#pragma once

#include <optional>
#include <string_view>

#include "compliance/text.h"

namespace gokajo::compliance {

inline std::optional<Language> language_named(std::string_view name) {
  if (name == "ja") return Language::ja;
  if (name == "en") return Language::en;
  return std::nullopt;
}

}  // namespace gokajo::compliance
