#include "compliance/antivirus_standing.h"
#include "compliance/checks.h"
#include "compliance/is_windows.h"
#include "compliance/powered_on_days.h"

namespace gokajo::compliance {
namespace {

// A PC switched on after days off needs a while to fetch. Where no record tells that it was off, that is believed only when its definitions
// were fresh at the last scan and were never seen stale since.
bool just_started(const Evidence& evidence, std::int64_t hours, const Memory& memory, Time now) {
  if (const auto known = just_started_after_days_off(evidence.device, memory, hours, now)) return *known;
  const auto& system = evidence.device.system;
  if (!system || !system->booted || now - *system->booted >= std::chrono::hours{hours}) return false;
  if (record_is_lost(evidence.device.powered_on)) return true;
  return memory.last_good.contains("pass/antivirus.definitions-fresh") && !first_seen(memory, "finding/antivirus.definitions-fresh");
}

// By the calendar where that suffices or nothing else is known; by powered-on days where the record covers them, up to a limit of the
// calendar.
Verdict standing_by_age(std::int64_t age, const std::optional<DaysOff>& off, std::int64_t max_days, std::int64_t max_calendar_days) {
  if (age <= max_days) return Verdict::pass;
  if (!off || age > max_calendar_days || age - off->possible > max_days) return Verdict::fail;
  return age - off->proven <= max_days ? Verdict::pass : Verdict::unknown;
}

// No date is told, and the product's own word is (Windows): that of the Security Center or of the product.
Finding by_own_word(const AntivirusProduct& product, bool current, bool started_just_now) {
  const auto at = product.definitions.observed_at;
  Parameters parameters = {{"product", Name{product.name}}};
  if (current) return pass("called-current", at, std::move(parameters));
  if (started_just_now) return unknown("called-old-just-started", at, std::move(parameters));
  return fail("called-old", at, std::move(parameters));
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
  if (!definitions->published && definitions->called_current && is_windows(evidence))
    return by_own_word(product, *definitions->called_current, just_started(evidence, number(settings, "grace_hours_online"), memory, now));
  if (!definitions->published) return fail("none", at, std::move(parameters));
  const bool loaded_older = definitions->loaded && *definitions->loaded < *definitions->published;
  const Time date = loaded_older ? *definitions->loaded : *definitions->published;
  parameters.emplace("date", Date{date});
  if (date > now + platform::Days{1}) return unknown("future", at, std::move(parameters));
  const auto age = std::max<std::int64_t>(std::chrono::floor<platform::Days>(now - date).count(), 0);
  parameters.emplace("age", DayCount{age});
  const auto off = days_off(evidence.device.powered_on, memory, date, now);
  const auto standing = standing_by_age(age, off, number(settings, "max_days"), number(settings, "max_calendar_days"));
  const bool powered = off && off->certain() && age > number(settings, "max_days");
  if (powered) parameters.emplace("on_days", DayCount{off->on});
  if (standing != Verdict::pass && just_started(evidence, number(settings, "grace_hours_online"), memory, now))
    return unknown("just-started", at, std::move(parameters));
  if (standing == Verdict::unknown) return unknown("days-unsure", at, std::move(parameters));
  if (standing == Verdict::fail && age <= number(settings, "max_calendar_days") && record_is_lost(evidence.device.powered_on)) {
    Finding finding = unmeasured(evidence.device.powered_on);
    finding.parameters = std::move(parameters);
    return finding;
  }
  if (standing == Verdict::fail && powered) return fail(loaded_older ? "loaded-old-powered" : "old-powered", at, std::move(parameters));
  if (standing == Verdict::fail) return fail(loaded_older ? "loaded-old" : "old", at, std::move(parameters));
  if (definitions->called_current == false) return unknown("doubted", at, std::move(parameters));
  return pass(powered ? "fresh-powered" : "fresh", at, std::move(parameters));
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

// max_calendar_days: seven days of use take nine or ten days, with the longest closing of an office (eleven days) about three weeks. Behind
// a month something else than a closing keeps the definitions old: a PC that is on two days a month must fetch them on the first.
const Check antivirus_definitions_fresh{
    .id = "antivirus.definitions-fresh",
    .judge = judge,
    .settings = {{"max_days", std::int64_t{7}}, {"max_calendar_days", std::int64_t{30}}, {"grace_hours_online", std::int64_t{2}}}};

}  // namespace gokajo::compliance
