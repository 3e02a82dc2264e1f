/// \file
/// Times as WMI writes them.
#pragma once

#include <optional>
#include <string_view>

#include "platform/time.h"

namespace gokajo::collectors {

/// "20261123234000.000000+000" (CIM datetime, the offset in minutes) in UTC; nullopt for anything else, intervals and wildcards too.
std::optional<platform::Time> parse_cim_time(std::string_view text);

/// A calendar day written as digits in the order year, month, day ("20261123", "2026-11-23", "2026/11/23"); what follows it is ignored.
std::optional<platform::Time> parse_day(std::string_view text);

}  // namespace gokajo::collectors
