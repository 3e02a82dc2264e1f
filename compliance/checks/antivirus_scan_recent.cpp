#include "compliance/antivirus_standing.h"
#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding by_age(const Fact<Time>& scanned, const char* recent, const char* old, Parameters parameters, std::int64_t max_days, Time now) {
  parameters.emplace("date", Date{*scanned});
  if (*scanned > now + platform::Days{1}) return unknown("future", scanned.observed_at, std::move(parameters));
  const auto age = std::max<std::int64_t>(std::chrono::floor<platform::Days>(now - *scanned).count(), 0);
  parameters.emplace("age", DayCount{age});
  if (age > max_days) return fail(old, scanned.observed_at, std::move(parameters));
  return pass(recent, scanned.observed_at, std::move(parameters));
}

// Windows plans quick scans only, so one of them suffices there, whether or not the whole PC was ever scanned.
Finding judge_product(const AntivirusProduct& product, const Settings& settings, Time now) {
  const auto& scanned = product.scanned;
  const auto& quick = product.quick_scanned;
  const auto max_days = number(settings, "max_days");
  const Parameters parameters = {{"product", Name{product.name}}};
  if (scanned) {
    auto finding = by_age(scanned, "recent", "old", parameters, max_days, now);
    if (finding.verdict == Verdict::pass || !quick) return finding;
    auto quickly = by_age(quick, "recent-quick", "old", parameters, max_days, now);
    return quickly.verdict == Verdict::pass ? quickly : finding;
  }
  // Never by the whole, and the day of the quick scan, which would do, was told and could not be read.
  const bool quick_unread =
      !quick && quick.absent != ErrorKind::not_asked && quick.absent != ErrorKind::not_found && quick.absent != ErrorKind::unsupported;
  if (quick && scanned.absent == ErrorKind::not_found) return by_age(quick, "recent-quick", "old-quick", parameters, max_days, now);
  Finding finding = unmeasured(scanned);
  if (scanned.absent == ErrorKind::unsupported) finding = unknown("no-record", scanned.observed_at);
  if (scanned.absent == ErrorKind::not_found) finding = quick_unread ? unmeasured(quick) : fail("never", scanned.observed_at);
  finding.parameters = parameters;
  return finding;
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time now) {
  const auto& antivirus = evidence.antivirus;
  if (auto finding = without_product(antivirus, Verdict::not_applicable)) return *finding;
  std::vector<Finding> findings;
  for (const auto& product : *antivirus.products) findings.push_back(judge_product(product, settings, now));
  for (const auto verdict : {Verdict::pass, Verdict::unknown})
    for (auto& finding : findings)
      if (finding.verdict == verdict) return finding;
  return findings.front();
}

}  // namespace

const Check antivirus_scan_recent{.id = "antivirus.scan-recent", .judge = judge, .settings = {{"max_days", std::int64_t{30}}}};

}  // namespace gokajo::compliance
