/// \file
/// Whether apt's own timers install updates: apt.systemd.daily(8) and unattended-upgrades.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// The effective values of APT::Periodic, as `apt-config shell` prints them (NAME='value'); absent where not set.
struct AptPeriodic {
  std::optional<std::string> enable, update, upgrade;
};
AptPeriodic parse_apt_periodic(std::string_view text);

/// A day count, "always", or a number with s, m, h or d; 0 is off, and what is neither is unknown.
compliance::Tristate periodic_is_on(const std::optional<std::string>& value);

compliance::Fact<compliance::AutomaticUpdates> collect_apt_automatic(const platform::Host& host);

}  // namespace gokajo::collectors
