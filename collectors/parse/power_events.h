/// \file
/// What the reducers of records of starts and shutdowns leave (platform/reducers/power_events.h).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace gokajo::collectors::parse {

enum class PowerEventKind { boot, seen, down };

struct PowerEvent {
  PowerEventKind kind = PowerEventKind::seen;
  std::chrono::sys_days day;
};

/// In the record's order, which is not always that of the days: clocks are set. nullopt: another form, or more than 2000 lines.
std::optional<std::vector<PowerEvent>> parse_power_events(std::string_view text);

}  // namespace gokajo::collectors::parse
