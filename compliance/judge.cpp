#include "compliance/judge.h"

#include <algorithm>

#include "compliance/fix_dates.h"
#include "compliance/powered_on_days.h"
#include "compliance/tables.h"

namespace gokajo::compliance {
namespace {

bool any_of(const std::vector<Verdict>& verdicts, Verdict verdict) {
  return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
}

bool all_are(const std::vector<Verdict>& verdicts, Verdict verdict) {
  return !verdicts.empty() && std::all_of(verdicts.begin(), verdicts.end(), [&](Verdict v) { return v == verdict; });
}

// A fact was denied although the scan ran with an administrator's rights.
constexpr const char* kDeniedElevated = "unmeasured-denied-elevated";

bool lasts(Verdict verdict) { return verdict == Verdict::fail || verdict == Verdict::ask; }

Finding judge_one(const std::string& id, const PackCheck& entry, const Evidence& evidence, const Memory& memory, Time now) {
  const Check* check = find_check(id);
  if (!check) {
    Finding finding = unknown("check-unknown", now);
    finding.check = id;
    return finding;
  }
  Settings settings = check->settings;
  if (entry.settings)
    for (const auto& [name, value] : *entry.settings) settings.insert_or_assign(name, value);
  Finding finding = check->judge(evidence, settings, memory, now);
  finding.check = id;
  // Who has every right already must not be told to come back with more.
  if (finding.absence && finding.absence->reason == platform::ErrorKind::denied && evidence.device.system &&
      evidence.device.system->elevated)
    finding.situation = kDeniedElevated;
  if (lasts(finding.verdict)) {
    finding.first_seen = first_seen(memory, finding_key(finding, nullptr)).value_or(now);
    for (auto& item : finding.items)
      if (!item.contains("first_seen")) item.emplace("first_seen", Date{first_seen(memory, finding_key(finding, &item)).value_or(now)});
  }
  return finding;
}

std::optional<PolicyException> covering(const Policy& policy, const Finding& finding, Time now) {
  if (const auto* whole = exception_for(policy, finding.check, "", now)) return *whole;
  if (finding.items.empty()) return std::nullopt;
  const PolicyException* last = nullptr;
  for (const auto& item : finding.items) {
    const auto name = item.find("name");
    const auto* text = name == item.end() ? nullptr : std::get_if<Name>(&name->second);
    last = text ? exception_for(policy, finding.check, text->value, now) : nullptr;
    if (!last) return std::nullopt;
  }
  return *last;
}

Verdict judge_entry(const PackCheck& entry, const std::string& rule, const Evidence& evidence, const Policy& policy, const Memory& memory,
                    Time now, std::vector<JudgedFinding>& into) {
  std::vector<Verdict> verdicts;
  for (const auto& id : entry.checks()) {
    Finding finding = judge_one(id, entry, evidence, memory, now);
    verdicts.push_back(finding.verdict);
    auto exception = covering(policy, finding, now);
    into.push_back({std::move(finding), rule, entry.role, std::move(exception)});
  }
  return combine_alternatives(verdicts);
}

}  // namespace

Verdict combine_required(const std::vector<Verdict>& verdicts) {
  if (verdicts.empty()) return Verdict::unknown;
  for (const auto verdict : {Verdict::fail, Verdict::unknown, Verdict::ask})
    if (any_of(verdicts, verdict)) return verdict;
  return all_are(verdicts, Verdict::not_applicable) ? Verdict::not_applicable : Verdict::pass;
}

Verdict combine_alternatives(const std::vector<Verdict>& verdicts) {
  for (const auto verdict : {Verdict::pass, Verdict::ask, Verdict::unknown, Verdict::fail})
    if (any_of(verdicts, verdict)) return verdict;
  return verdicts.empty() ? Verdict::unknown : Verdict::not_applicable;
}

Judgement judge(const Evidence& evidence, const Pack& pack, const Policy& policy, const Memory& memory, Time now) {
  const TablesInUse use(pack.tables);
  Judgement judgement;
  for (const auto& rule : pack.rules) {
    std::vector<Verdict> required;
    for (const auto& entry : rule.checks) {
      const Verdict verdict = judge_entry(entry, rule.id, evidence, policy, memory, now, judgement.findings);
      if (entry.role == Role::required) required.push_back(verdict);
    }
    judgement.rules.push_back({rule.id, rule.number, rule.name, combine_required(required)});
  }
  for (const auto& entry : pack.extras) judge_entry(entry, "extras", evidence, policy, memory, now, judgement.findings);
  return judgement;
}

std::string finding_key(const Finding& finding, const Parameters* item) {
  std::string key = "finding/" + finding.check;
  if (!item) return key;
  const auto name = item->find("name");
  if (name != item->end())
    if (const auto* text = std::get_if<Name>(&name->second)) key += "/" + text->value;
  return key;
}

namespace {

// Takes out `prefix` and what begins with "<prefix>/"; between them in the order of keys stand others ("finding/a-b").
void forget(std::map<std::string, Time>& times, const std::string& prefix) {
  times.erase(prefix);
  const auto from = times.lower_bound(prefix + "/");
  auto until = from;
  while (until != times.end() && until->first.starts_with(prefix) && until->first[prefix.size()] == '/') ++until;
  times.erase(from, until);
}

}  // namespace

Memory remember(const Memory& memory, const Evidence& evidence, const Judgement& judgement, Time now) {
  Memory next = memory;
  for (const auto& judged : judgement.findings) {
    const Finding& finding = judged.finding;
    const std::string prefix = finding_key(finding, nullptr);
    if (finding.verdict == Verdict::unknown) continue;  // nothing was learnt: what was known stays
    forget(next.first_seen, prefix);
    if (finding.verdict == Verdict::pass) next.last_good.insert_or_assign("pass/" + finding.check, finding.observed_at);
    if (!lasts(finding.verdict)) continue;
    next.first_seen.insert_or_assign(prefix, finding.first_seen.value_or(now));
    for (const auto& item : finding.items)
      next.first_seen.insert_or_assign(finding_key(finding, &item), first_seen(memory, finding_key(finding, &item)).value_or(now));
  }
  remember_offers(next, evidence.updates);
  remember_scan_day(next, evidence.device);
  return next;
}

}  // namespace gokajo::compliance
