#include <algorithm>

#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

Finding judge_windows(const WindowsSignIn& windows, std::int64_t allowed) {
  const auto& rules = windows.rules;
  if (!rules) return unmeasured(rules);
  if (!rules->lockout_threshold) return unknown("threshold-unseen", rules.observed_at);
  const Parameters parameters = {{"allowed", Count{allowed}}, {"count", Count{*rules->lockout_threshold}}};
  if (*rules->lockout_threshold == 0) return fail("never-locks", rules.observed_at, parameters);
  if (*rules->lockout_threshold > allowed) return fail("many-attempts", rules.observed_at, parameters);
  return pass("locks", rules.observed_at, parameters);
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_windows(*windows, number(settings, "max_attempts"));
  const auto& lockouts = evidence.passwords.lockouts;
  if (!lockouts) return unmeasured(lockouts);
  if (lockouts->empty()) return unknown("no-service", lockouts.observed_at);
  const auto allowed = number(settings, "max_attempts");
  std::vector<Parameters> without, many;
  std::int64_t most = 0;
  bool other_modules = false;
  for (const auto& [service, lockout] : *lockouts) {
    const auto attempts = lockout.attempts.value_or(0);
    most = std::max(most, attempts);
    if (!lockout.attempts) {
      without.push_back({{"name", Name{service}}});
      other_modules = other_modules || !lockout.unknown_modules.empty();
    } else if (attempts > allowed) {
      many.push_back({{"name", Name{service}}, {"count", Count{attempts}}, {"where", Name{lockout.origin}}});
    }
  }
  const Parameters parameters = {{"allowed", Count{allowed}}};
  if (!without.empty() && other_modules) return unknown("other-modules", lockouts.observed_at);
  if (!without.empty()) return fail("none", lockouts.observed_at, parameters, std::move(without));
  if (!many.empty()) return fail("many", lockouts.observed_at, parameters, std::move(many));
  return pass("locks", lockouts.observed_at, {{"allowed", Count{allowed}}, {"count", Count{most}}});
}

}  // namespace

const Check passwords_lockout{.id = "passwords.lockout", .judge = judge, .settings = {{"max_attempts", std::int64_t{10}}}};

}  // namespace gokajo::compliance
