/// \file
/// For checks of what only Windows has.
#pragma once

#include <optional>

#include "compliance/check.h"
#include "compliance/is_windows.h"

namespace gokajo::compliance {

/// What such a check says where this is not known to be Windows: 対象外, proved by the system's family, or 測定不能 where not even that was
/// told. nullopt on Windows.
inline std::optional<Finding> outside_windows(const Evidence& evidence) {
  if (!evidence.device.system) return unmeasured(evidence.device.system);
  if (!is_windows(evidence)) return not_applicable("not-windows", evidence.device.system.observed_at);
  return std::nullopt;
}

}  // namespace gokajo::compliance
