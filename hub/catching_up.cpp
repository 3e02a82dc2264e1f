#include "hub/catching_up.h"

namespace gokajo::hub {

using compliance::Date, compliance::DayCount, compliance::Verdict;

namespace {

constexpr const char* kCheck = "updates.security-installed";
constexpr std::string_view kHeld = "-held";

template <class T>
std::optional<T> parameter(const compliance::Parameters& parameters, const char* name) {
  const auto found = parameters.find(name);
  const auto* value = found == parameters.end() ? nullptr : std::get_if<T>(&found->second);
  return value ? std::optional(*value) : std::nullopt;
}

bool concerns(const KeptFinding& finding) { return finding.check == kCheck && finding.required && finding.verdict == Verdict::fail; }

}  // namespace

bool is_catching_up(const KeptFinding& finding, const compliance::Parameters& parameters, const std::string& situation,
                    const compliance::Fact<compliance::PoweredOn>& record, const compliance::Memory& memory) {
  if (!concerns(finding) || situation.ends_with(kHeld)) return false;
  const auto since = parameter<Date>(parameters, "since");
  const auto allowed = parameter<DayCount>(parameters, "days");
  if (!since || !allowed) return false;
  const auto back = compliance::last_return(record, memory, kDaysOff);
  if (!back || back->on > kDaysToCatchUp) return false;
  // The last day on which nothing was late yet.
  const auto in_time = platform::local_day(since->value + platform::Days{allowed->value}, platform::kJapanOffset);
  return in_time >= back->off_since;
}

}  // namespace gokajo::hub
