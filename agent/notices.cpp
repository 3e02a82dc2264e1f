#include "agent/notices.h"

#include <algorithm>

namespace gokajo::agent {

using compliance::Briefing, compliance::BriefingRead;

namespace {

std::optional<std::int64_t> days_of_restart(const ScanResult& scan) {
  for (const auto& judged : scan.judgement.findings) {
    const auto& finding = judged.finding;
    if (finding.check != "updates.restart-done" || finding.verdict != compliance::Verdict::fail) continue;
    if (const auto found = finding.parameters.find("days"); found != finding.parameters.end())
      if (const auto* days = std::get_if<compliance::DayCount>(&found->second)) return days->value;
  }
  return std::nullopt;
}

void keep_newer(std::optional<platform::Time>& last, platform::Time at) {
  if (!last || at > *last) last = at;
}

}  // namespace

std::optional<Offer> offer_of(const Briefing* briefing) {
  return briefing ? std::optional(Offer{briefing->id, briefing->minutes}) : std::nullopt;
}

Tellable tellable_of(const ScanResult& scan, const std::vector<Briefing>& briefings) {
  Tellable known;
  known.scanned = true;
  known.restart_days = days_of_restart(scan);
  known.briefing = offer_of(compliance::current_briefing(briefings, scan.scanned_at));
  known.drill = offer_of(compliance::current_drill(briefings, scan.scanned_at));
  const auto& people = scan.evidence.threats.people;
  if (!people) return known;
  for (const auto& [id, person] : *people) {
    if (!person.read) continue;
    auto& reading = known.readings[id];
    for (const auto& one : *person.read) add_reading(reading, one, known, scan.scanned_at);
  }
  return known;
}

void add_reading(PersonReading& reading, const BriefingRead& one, const Tellable& known, platform::Time now) {
  if (one.answers_right <= 0 || one.understood_at > now + platform::Days{1}) return;
  if (compliance::is_drill(one.id)) return keep_newer(reading.drilled, one.understood_at);
  keep_newer(reading.last, one.understood_at);
  reading.newest = reading.newest || (known.briefing && one.id == known.briefing->id);
}

bool drill_is_due(const PersonReading& reading, platform::Time now) { return !reading.drilled || now - *reading.drilled >= kDrillAfter; }

std::vector<Notice> notices_for(const Tellable& known, const std::string& person, platform::Time now) {
  std::vector<Notice> notices;
  if (!known.scanned) return notices;
  if (known.not_arriving) notices.push_back({.kind = NoticeKind::not_arriving, .day = known.received});
  if (known.restart_days && *known.restart_days >= kTellRestartAfterDays)
    notices.push_back({.kind = NoticeKind::restart, .days = std::min<std::int64_t>(*known.restart_days, 9999)});
  const auto reading = known.readings.find(person);
  const bool has_record = reading != known.readings.end();
  if (known.briefing && has_record && !reading->second.newest && (!reading->second.last || now - *reading->second.last >= kOfferAfter))
    notices.push_back({.kind = NoticeKind::briefing, .minutes = known.briefing->minutes});
  if (known.drill && has_record && drill_is_due(reading->second, now))
    notices.push_back({.kind = NoticeKind::drill, .minutes = known.drill->minutes});
  notices.push_back({.kind = NoticeKind::begun});
  return notices;
}

}  // namespace gokajo::agent
