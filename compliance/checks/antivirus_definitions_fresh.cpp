#include "compliance/antivirus_standing.h"
#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

// A PC switched on after days off needs a while to fetch. That it was off is known only when its definitions were fresh at the last scan
// and were never seen stale since.
bool just_started(const Evidence& evidence, std::int64_t hours, const Memory& memory, Time now) {
  const auto& system = evidence.device.system;
  if (!system || !system->booted || now - *system->booted >= std::chrono::hours{hours}) return false;
  return memory.last_good.contains("pass/antivirus.definitions-fresh") && !first_seen(memory, "finding/antivirus.definitions-fresh");
}

Finding judge_product(const AntivirusProduct& product, const Evidence& evidence, const Settings& settings, const Memory& memory, Time now) {
  const auto& definitions = product.definitions;
  Parameters parameters = {{"product", Name{product.name}}};
  if (!definitions) {
    Finding finding = unmeasured(definitions);
    finding.parameters = std::move(parameters);
    return finding;
  }
  const auto at = definitions.observed_at;
  if (!definitions->used) return not_applicable("without-definitions", at, std::move(parameters));
  if (!definitions->published) return fail("none", at, std::move(parameters));
  const bool loaded_older = definitions->loaded && *definitions->loaded < *definitions->published;
  const Time date = loaded_older ? *definitions->loaded : *definitions->published;
  parameters.emplace("date", Date{date});
  if (date > now + platform::Days{1}) return unknown("future", at, std::move(parameters));
  const auto age = std::max<std::int64_t>(std::chrono::floor<platform::Days>(now - date).count(), 0);
  parameters.emplace("age", DayCount{age});
  if (age > number(settings, "max_days")) {
    if (just_started(evidence, number(settings, "grace_hours_online"), memory, now))
      return unknown("just-started", at, std::move(parameters));
    return fail(loaded_older ? "loaded-old" : "old", at, std::move(parameters));
  }
  if (definitions->called_current == false) return unknown("doubted", at, std::move(parameters));
  return pass("fresh", at, std::move(parameters));
}

// The products whose definitions protect this PC: those that watch, else those that run, else all.
std::vector<const AntivirusProduct*> that_count(const std::vector<AntivirusProduct>& products, Time now) {
  std::vector<const AntivirusProduct*> guards, running, all;
  for (const auto& product : products) {
    const bool active = standing_of(product, now) == Standing::active;
    if (active && product.real_time.value == RealTime::on) guards.push_back(&product);
    if (active) running.push_back(&product);
    all.push_back(&product);
  }
  return !guards.empty() ? guards : !running.empty() ? running : all;
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory& memory, Time now) {
  const auto& antivirus = evidence.antivirus;
  if (auto finding = without_product(antivirus, Verdict::not_applicable)) return *finding;
  const auto counted = that_count(*antivirus.products, now);
  const bool someone_guards = counted.front()->real_time.value == RealTime::on && standing_of(*counted.front(), now) == Standing::active;
  for (const auto& product : *antivirus.products)
    if (!someone_guards && standing_of(product, now) == Standing::hidden) {
      Finding finding = unmeasured_for(hidden_fact(product));
      finding.parameters.emplace("product", Name{product.name});
      return finding;
    }
  std::vector<Finding> findings;
  for (const auto* product : counted) findings.push_back(judge_product(*product, evidence, settings, memory, now));
  // One suffices; a product that needs no definitions protects without them.
  for (const auto verdict : {Verdict::pass, Verdict::not_applicable, Verdict::unknown})
    for (auto& finding : findings)
      if (finding.verdict == verdict) return finding;
  return findings.front();
}

}  // namespace

const Check antivirus_definitions_fresh{.id = "antivirus.definitions-fresh",
                                        .judge = judge,
                                        .settings = {{"max_days", std::int64_t{7}}, {"grace_hours_online", std::int64_t{2}}}};

}  // namespace gokajo::compliance
