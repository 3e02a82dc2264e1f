/// \file
/// Microsoft Defender by its own class and service.
#pragma once

#include <optional>

#include "compliance/evidence/antivirus.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// What the Security Center says of a product. `current`: of its definitions.
struct Registered {
  bool on = false;
  std::optional<bool> current;
};

/// `of_class` false: another product is on, beside which Defender's class may hang. `called_good`: the Security Center says now that
/// this PC's antivirus is well, without which what the class said earlier does not stand.
struct DefenderAsked {
  bool of_class = true;
  bool called_good = false;
};

/// `registered`: nullopt where there is no Security Center, or none that has answered. `service`: whether WinDefend runs; a fact of
/// not_found where it is not there. nullopt: Defender is not on this PC.
std::optional<compliance::AntivirusProduct> defender(const platform::Host& host, const std::optional<Registered>& registered,
                                                     const compliance::Fact<bool>& service, const DefenderAsked& asked);

}  // namespace gokajo::collectors
