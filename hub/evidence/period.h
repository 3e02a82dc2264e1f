/// \file
/// The period of an evidence pack as people name it: by its first and last day. Pure.
#pragma once

#include <optional>
#include <string>

#include "hub/evidence/contents.h"

namespace gokajo::hub {

/// Days as hub/company_change.h takes them ("2026-10-01"), both inside, in the company's time. nullopt: no days, the last before the first,
/// or more than kLongestPeriod.
std::optional<PackPeriod> period_of_days(const std::string& first, const std::string& last, int offset_minutes);

}  // namespace gokajo::hub
