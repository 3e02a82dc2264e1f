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

/// `registered`: nullopt where there is no Security Center, or none that has answered. `service`: whether WinDefend runs; a fact of
/// not_found where it is not there. `ask_class` false: another product is on, beside which the class may hang. nullopt: Defender is not on
/// this PC.
std::optional<compliance::AntivirusProduct> defender(const platform::Host& host, const std::optional<Registered>& registered,
                                                     const compliance::Fact<bool>& service, bool ask_class);

}  // namespace gokajo::collectors
