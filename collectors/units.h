/// \file
/// What systemd says of units: whether a timer runs and comes again, and which commands a service runs.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

struct Unit {
  std::string active;                              ///< ActiveState; empty: not said
  std::string file_state;                          ///< UnitFileState; empty: there is no such file
  std::vector<std::vector<std::string>> commands;  ///< words of each ExecStart, as configured: systemd expands variables later
};

/// Blocks of NAME=value as `systemctl show` prints them, by Id. An alias stands under the name of its unit.
std::map<std::string, Unit> parse_units(std::string_view text);

/// `systemctl show` of these properties ("Id" among them) and units; those that do not exist are told of too. An error where systemd does
/// not run or does not answer.
platform::Result<std::map<std::string, Unit>> ask_units(const platform::Host& host, const std::vector<std::string>& names,
                                                        const std::string& properties = "Id,ActiveState,UnitFileState");

/// Whether it is active now and comes again at the next start.
compliance::Tristate runs(const Unit& unit);

/// "apt-daily.timer: inactive, disabled"
std::string told(const std::string& name, const Unit& unit);

}  // namespace gokajo::collectors
