#include <algorithm>

#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time) {
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
