#include <algorithm>

#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

// A flag or a rule allows a blank password; whether it is blank can only be tried, and each try counts as a wrong password.
Finding judge_windows(const WindowsSignIn& windows) {
  const auto& accounts = windows.accounts;
  if (!accounts) return unmeasured(accounts);
  std::vector<Parameters> allowed;
  bool rule_needed = false;
  for (const auto& account : *accounts) {
    if (!account.enabled || account.microsoft.value_or(false)) continue;
    rule_needed = rule_needed || !account.blank_allowed;
    if (account.blank_allowed || (windows.rules && windows.rules->min_length == 0)) allowed.push_back({{"name", Name{account.name}}});
  }
  if (!allowed.empty()) return ask("allowed", accounts.observed_at, {}, std::move(allowed));
  if (rule_needed && !windows.rules) return unmeasured(windows.rules);
  return pass("none-allowed", accounts.observed_at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_windows(*windows);
  const auto& accounts = evidence.passwords.open_accounts;
  if (!accounts) return unmeasured(accounts);
  std::vector<Parameters> open, perhaps;
  bool blank = false;
  for (const auto& account : *accounts) {
    const Parameters item = {{"name", Name{account.name}}, {"services", List{account.services}}};
    (account.certain ? open : perhaps).push_back(item);
    blank = blank || (account.certain && account.blank);
  }
  if (!open.empty()) return fail(blank ? "blank" : "let-in", accounts.observed_at, {}, std::move(open));
  if (!perhaps.empty()) return ask("perhaps", accounts.observed_at, {}, std::move(perhaps));
  return pass("none", accounts.observed_at);
}

}  // namespace

const Check passwords_none_blank{.id = "passwords.none-blank", .judge = judge};

}  // namespace gokajo::compliance
