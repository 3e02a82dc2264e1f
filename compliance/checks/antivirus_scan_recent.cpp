#include "compliance/antivirus_standing.h"
#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding judge_product(const AntivirusProduct& product, const Settings& settings, Time now) {
  const auto& scanned = product.scanned;
  Parameters parameters = {{"product", Name{product.name}}};
  if (!scanned) {
    Finding finding = unmeasured(scanned);
    if (scanned.absent == ErrorKind::unsupported) finding = unknown("no-record", scanned.observed_at);
    if (scanned.absent == ErrorKind::not_found) finding = fail("never", scanned.observed_at);
    finding.parameters = std::move(parameters);
    return finding;
  }
  parameters.emplace("date", Date{*scanned});
  if (*scanned > now + platform::Days{1}) return unknown("future", scanned.observed_at, std::move(parameters));
  const auto age = std::max<std::int64_t>(std::chrono::floor<platform::Days>(now - *scanned).count(), 0);
  parameters.emplace("age", DayCount{age});
  if (age > number(settings, "max_days")) return fail("old", scanned.observed_at, std::move(parameters));
  return pass("recent", scanned.observed_at, std::move(parameters));
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
