#include <algorithm>

#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

using Rule = std::pair<const std::string, PasswordRule>;

/// The service that takes the shortest password; of equals, the one where nobody set it.
const Rule* weakest(const std::map<std::string, PasswordRule>& rules) {
  const Rule* found = nullptr;
  for (const auto& rule : rules) {
    if (!rule.second.shortest) continue;
    if (!found || *rule.second.shortest < *found->second.shortest ||
        (*rule.second.shortest == *found->second.shortest && !rule.second.set && found->second.set))
      found = &rule;
  }
  return found;
}

/// What a person answered to the company's question decides where the PC has nothing to say.
Finding settled(const Evidence& evidence, Time now, Finding otherwise) {
  const auto* answer = declared(evidence, "passwords", "", now);
  if (!answer) return otherwise;
  const auto verdict = answer->answer == "yes" ? Verdict::pass : answer->answer == "no" ? Verdict::fail : Verdict::ask;
  if (verdict == Verdict::ask) return otherwise;
  auto finding = conclude(verdict, verdict == Verdict::pass ? "declared-long" : "declared-short", answer->answered_at,
                          {{"date", Date{answer->answered_at}}});
  finding.declared = true;
  return finding;
}

// SCS 評価制度 ★3, 4-1-5-3: ten characters, or eight where wrong tries lock the account at the tenth.
constexpr std::int64_t kWithoutLock = 10, kWithLock = 8, kMostTries = 10;

bool locks_in_time(const std::optional<std::int64_t>& tries) { return tries && *tries > 0 && *tries <= kMostTries; }

// Every way to sign in locks; what was not measured does not.
bool locks(const Evidence& evidence) {
  if (const auto* windows = windows_sign_in(evidence)) return windows->rules && locks_in_time(windows->rules->lockout_threshold);
  const auto& lockouts = evidence.passwords.lockouts;
  return lockouts && !lockouts->empty() &&
         std::all_of(lockouts->begin(), lockouts->end(), [](const auto& one) { return locks_in_time(one.second.attempts); });
}

// Where a company asks for more than ten, no lock makes up for less.
std::int64_t wanted_length(const Evidence& evidence, const Settings& settings) {
  const auto wanted = number(settings, "min_length");
  return flag(settings, "eight_with_lockout") && wanted == kWithoutLock && locks(evidence) ? kWithLock : wanted;
}

std::vector<Parameters> named(const std::vector<std::string>& names) {
  std::vector<Parameters> items;
  for (const auto& name : names) items.push_back({{"name", Name{name}}});
  return items;
}

Finding judge_windows(const Evidence& evidence, const WindowsSignIn& windows, std::int64_t wanted, Time now) {
  if (auto unseen = keepers_unmeasured(windows)) return *unseen;
  const auto keepers = password_keepers(windows, evidence.device);
  const auto& rules = windows.rules;
  const bool rule_counts = keepers.this_pc || keepers.unsure;
  if (rule_counts && !rules) return unmeasured(rules);
  const auto length = rule_counts ? rules->min_length : 0;
  const Parameters parameters = {{"length", Count{length}}, {"wanted", Count{wanted}}};
  if (keepers.this_pc && length > 0 && length < wanted) return fail("local-short", rules.observed_at, parameters);
  if (keepers.domain) return settled(evidence, now, unknown("domain", windows.join.observed_at));
  if (!rule_counts) return not_kept_here(windows, keepers);
  if (length >= wanted) return pass("local-long-enough", rules.observed_at, parameters);
  if (!keepers.this_pc) return unknown("account-unseen", windows.accounts.observed_at);
  return settled(evidence, now, ask("local-no-rule", rules.observed_at, parameters));
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time now) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_windows(evidence, *windows, wanted_length(evidence, settings), now);
  const auto& rules = evidence.passwords.rules;
  if (!rules) return unmeasured(rules);
  const auto& elsewhere = evidence.passwords.elsewhere;
  if (!elsewhere) return unmeasured(elsewhere);
  if (!elsewhere->empty()) return settled(evidence, now, unknown("elsewhere", elsewhere.observed_at, {}, named(*elsewhere)));
  const auto* rule = weakest(*rules);
  if (!rule) return unknown("nobody-changes", rules.observed_at);
  const auto& [service, demand] = *rule;
  const auto wanted = wanted_length(evidence, settings);
  const Parameters parameters = {
      {"length", Count{*demand.shortest}}, {"wanted", Count{wanted}}, {"where", Name{demand.origin}}, {"service", Name{service}}};
  if (*demand.shortest >= wanted) return pass("long-enough", rules.observed_at, parameters);
  if (!demand.unknown_modules.empty()) return unknown("other-modules", rules.observed_at, parameters, named(demand.unknown_modules));
  if (demand.set) return fail("short", rules.observed_at, parameters);
  for (const auto& other : *rules)
    if (other.second.set) return settled(evidence, now, ask("not-everywhere", rules.observed_at, parameters));
  return settled(evidence, now, ask("no-rule", rules.observed_at, parameters));
}

}  // namespace

// A minimum that a program has built in and nobody set (6 in Debian's pam_unix) is no rule: the owner decided nothing, so it is asked.
const Check passwords_length{
    .id = "passwords.length", .judge = judge, .settings = {{"min_length", std::int64_t{10}}, {"eight_with_lockout", false}}};

}  // namespace gokajo::compliance
