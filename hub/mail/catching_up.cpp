#include "hub/mail/catching_up.h"

#include "compliance/finding_form.h"
#include "hub/kept_content.h"
#include "protocol/content.h"
#include "protocol/report.h"

namespace gokajo::hub {

using compliance::Date, compliance::DayCount, compliance::Verdict;
using platform::ErrorKind, platform::Result, platform::Time;

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

Result<bool> is_catching_up(Store& store, const Device& device, const KeptFinding& finding) {
  if (!concerns(finding) || device.clock_ahead_s > 0) return false;
  compliance::JudgedFinding judged;
  const auto form = platform::parse_json(finding.form, compliance::kMaxPackBytes);
  if (!form || !platform::read_form(*form, judged, platform::Place{"finding"})) return false;
  const auto kept = store.content(device.tenant, device.id, Store::Which::current);
  if (!kept) return kept.error().kind == ErrorKind::not_found ? Result<bool>(false) : kept.error();
  auto json = content_of(*kept);
  if (!json) return false;
  const auto content = protocol::read_content(std::move(*json), kept->scanned_at);
  if (!content) return false;
  compliance::Memory memory;
  const auto remembered = store.memory(device.tenant, device.id);
  if (!remembered && remembered.error().kind != ErrorKind::not_found) return remembered.error();
  if (remembered) {
    const auto known = platform::parse_json(*remembered, protocol::kMaxReportBytes);
    auto read = known ? compliance::read_memory(*known) : Result<compliance::Memory>(known.error());
    if (!read) return false;
    memory = std::move(*read);
  }
  return is_catching_up(finding, judged.finding.parameters, judged.finding.situation, content->evidence.device.powered_on, memory);
}

}  // namespace gokajo::hub
