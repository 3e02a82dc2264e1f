/// \file
/// On which days this PC was on, from its own records of starts and shutdowns.
#pragma once

#include "collectors/parse/power_events.h"
#include "compliance/evidence/device.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// /var/log/wtmp (with wtmp.1), where the running start stands in it; otherwise, for root, the journal's list of boots. `device` tells when
/// that start was and that this is no container.
compliance::Fact<compliance::PoweredOn> collect_powered_on_linux(const platform::Host& host, const compliance::Device& device);

/// nullopt when the record does not lead up to the running start, begun on the day `booted`: an old file nobody writes any more proves
/// nothing of the days behind it. Where days run backwards or ahead of `today` a clock was wrong, and the record counts only from there on.
std::optional<compliance::PoweredOn> days_powered_on(const std::vector<parse::PowerEvent>& events, std::chrono::sys_days booted,
                                                     std::chrono::sys_days today);

}  // namespace gokajo::collectors
