#include <algorithm>

#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time) {
  const auto& rules = evidence.passwords.rules;
  if (!rules) return unmeasured(rules);
  const auto& elsewhere = evidence.passwords.elsewhere;
  if (!elsewhere) return unmeasured(elsewhere);
  if (!elsewhere->empty()) return unknown("elsewhere", elsewhere.observed_at);
  const auto wanted = number(settings, "min_kinds");
  std::int64_t kinds = 4;
  bool words = true, other_modules = false, changes = false;
  for (const auto& [service, rule] : *rules) {
    if (!rule.shortest) continue;
    changes = true;
    kinds = std::min(kinds, rule.kinds);
    words = words && rule.words_refused;
    other_modules = other_modules || !rule.unknown_modules.empty();
  }
  if (!changes) return unknown("nobody-changes", rules.observed_at);
  const Parameters parameters = {{"kinds", Count{kinds}}, {"wanted", Count{wanted}}};
  if (kinds >= wanted) return pass("kinds", rules.observed_at, parameters);
  if (words) return pass("words-refused", rules.observed_at, parameters);
  if (other_modules) return unknown("other-modules", rules.observed_at);
  return fail("none", rules.observed_at, parameters);
}

}  // namespace

// Either demand will do: several kinds of characters, or no word of a dictionary. Advice: length does more than both.
const Check passwords_complexity{.id = "passwords.complexity", .judge = judge, .settings = {{"min_kinds", std::int64_t{3}}}};

}  // namespace gokajo::compliance
