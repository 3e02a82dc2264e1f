#include "collectors/parse/power_events.h"

#include "collectors/parse/lines.h"
#include "platform/time.h"

namespace gokajo::collectors::parse {
namespace {

constexpr std::size_t kMaxLines = 2000;

std::optional<PowerEventKind> kind_of(std::string_view word) {
  if (word == "boot") return PowerEventKind::boot;
  if (word == "seen") return PowerEventKind::seen;
  if (word == "down") return PowerEventKind::down;
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<PowerEvent>> parse_power_events(std::string_view text) {
  std::vector<PowerEvent> events;
  for (const auto line : lines(text)) {
    if (line.size() != 15 || line[4] != ' ' || events.size() == kMaxLines) return std::nullopt;
    const auto kind = kind_of(line.substr(0, 4));
    const auto day = platform::parse_time(line.substr(5));
    if (!kind || !day) return std::nullopt;
    events.push_back({*kind, std::chrono::floor<platform::Days>(*day)});
  }
  return events;
}

}  // namespace gokajo::collectors::parse
