#include <algorithm>

#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

constexpr std::int64_t kKindsOfWindows = 3;  // what its one setting demands

Finding judge_windows(const Evidence& evidence, const WindowsSignIn& windows, std::int64_t wanted) {
  if (auto unseen = keepers_unmeasured(windows)) return *unseen;
  const auto keepers = password_keepers(windows, evidence.device);
  if (keepers.domain) return unknown("elsewhere", windows.join.observed_at);
  if (!keepers.this_pc && !keepers.unsure) return not_kept_here(windows, keepers);
  const auto& demanded = windows.kinds_demanded;
  if (!demanded) return unmeasured(demanded);
  const auto kinds = *demanded ? kKindsOfWindows : 1;
  const Parameters parameters = {{"kinds", Count{kinds}}, {"wanted", Count{wanted}}};
  if (kinds >= wanted) return pass("kinds", demanded.observed_at, parameters);
  if (!keepers.this_pc) return unknown("account-unseen", windows.accounts.observed_at);
  return fail("none", demanded.observed_at, parameters);
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_windows(evidence, *windows, number(settings, "min_kinds"));
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
