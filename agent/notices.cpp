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

// As compliance/checks/threats_briefing_read.cpp counts a reading: a moment that has not come yet is none.
PersonReading reading_of(const std::vector<BriefingRead>& read, const Briefing* newest, platform::Time now) {
  PersonReading reading;
  for (const auto& one : read) {
    if (one.answers_right <= 0 || one.understood_at > now + platform::Days{1}) continue;
    if (!reading.last || one.understood_at > *reading.last) reading.last = one.understood_at;
    reading.newest = reading.newest || (newest && one.id == newest->id);
  }
  return reading;
}

}  // namespace

Tellable tellable_of(const ScanResult& scan, const std::vector<Briefing>& briefings) {
  Tellable known;
  known.scanned = true;
  known.restart_days = days_of_restart(scan);
  const auto* newest = compliance::current_briefing(briefings, scan.scanned_at);
  known.minutes = newest ? newest->minutes : 0;
  const auto& people = scan.evidence.threats.people;
  if (!people) return known;
  for (const auto& [id, person] : *people)
    if (person.read) known.readings.emplace(id, reading_of(*person.read, newest, scan.scanned_at));
  return known;
}

std::vector<Notice> notices_for(const Tellable& known, const std::string& person, platform::Time now) {
  std::vector<Notice> notices;
  if (!known.scanned) return notices;
  if (known.not_arriving) notices.push_back({.kind = NoticeKind::not_arriving, .day = known.received});
  if (known.restart_days && *known.restart_days >= kTellRestartAfterDays)
    notices.push_back({.kind = NoticeKind::restart, .days = std::min<std::int64_t>(*known.restart_days, 9999)});
  const auto reading = known.readings.find(person);
  if (known.minutes > 0 && reading != known.readings.end() && !reading->second.newest &&
      (!reading->second.last || now - *reading->second.last >= kOfferAfter))
    notices.push_back({.kind = NoticeKind::briefing, .minutes = known.minutes});
  notices.push_back({.kind = NoticeKind::begun});
  return notices;
}

}  // namespace gokajo::agent
