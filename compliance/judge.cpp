#include "compliance/judge.h"

#include <algorithm>

#include "compliance/earlier.h"
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

// Evidence with what earlier scans saw: all of it that was seen at `at` or later.
struct View {
  Time at{};
  Evidence evidence;
};

// `now`: only what the PC says now. `earlier`: the newest first.
struct Views {
  const Evidence& now;
  std::vector<View> earlier;
};

std::int64_t days_between(Time then, Time now) {
  return (platform::local_day(now, platform::kJapanOffset) - platform::local_day(then, platform::kJapanOffset)) / platform::Days{1};
}

// Nothing that `b` was told of more than `a` made a difference to the check.
bool say_the_same(const Finding& a, const Finding& b) {
  return a.verdict == b.verdict && a.situation == b.situation && a.parameters == b.parameters && a.items == b.items &&
         a.absence.has_value() == b.absence.has_value() && (!a.absence || a.absence->source == b.absence->source);
}

// What the PC does not tell now may have been told earlier. Good is only what is good today, whatever came due since; bad only what was
// bad then: what time alone has made bad since may have been done.
void consult_earlier(Finding& finding, const Check& check, const Settings& settings, const Views& views, const Memory& memory, Time now) {
  for (const auto& view : views.earlier) {
    if (view.at > now) continue;
    auto today = check.judge(view.evidence, settings, memory, now);
    if (say_the_same(finding, today)) continue;
    const auto then = check.judge(view.evidence, settings, memory, view.at);
    const bool same = today.verdict == Verdict::pass || (today.verdict == Verdict::fail && then.verdict == Verdict::fail);
    EarlierAnswer earlier{view.at, same ? today.verdict : then.verdict, days_between(view.at, now),
                          same && now - view.at <= kEarlierCounts};
    if (earlier.counts) finding = std::move(today);
    if (earlier.verdict != Verdict::unknown && (earlier.counts || !finding.earlier)) finding.earlier = earlier;
    if (earlier.counts) return;
  }
}

Finding judge_one(const std::string& id, const PackCheck& entry, const Views& views, const Memory& memory, Time now) {
  const Check* check = find_check(id);
  if (!check) {
    Finding finding = unknown("check-unknown", now);
    finding.check = id;
    return finding;
  }
  Settings settings = check->settings;
  if (entry.settings)
    for (const auto& [name, value] : *entry.settings) settings.insert_or_assign(name, value);
  const Evidence& evidence = views.now;
  Finding finding = check->judge(evidence, settings, memory, now);
  if (finding.verdict == Verdict::unknown) consult_earlier(finding, *check, settings, views, memory, now);
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

Verdict judge_entry(const PackCheck& entry, const std::string& rule, const Views& views, const Policy& policy, const Memory& memory,
                    Time now, std::vector<JudgedFinding>& into) {
  std::vector<Verdict> verdicts;
  for (const auto& id : entry.checks()) {
    Finding finding = judge_one(id, entry, views, memory, now);
    verdicts.push_back(finding.verdict);
    auto exception = covering(policy, finding, now);
    into.push_back({std::move(finding), rule, entry.role, std::move(exception)});
  }
  return combine_alternatives(verdicts);
}

Judgement judge_views(const Views& views, const Pack& pack, const Policy& policy, const Memory& memory, Time now) {
  const TablesInUse use(pack.tables);
  Judgement judgement;
  for (const auto& rule : pack.rules) {
    std::vector<Verdict> required;
    for (const auto& entry : rule.checks) {
      const Verdict verdict = judge_entry(entry, rule.id, views, policy, memory, now, judgement.findings);
      if (entry.role == Role::required) required.push_back(verdict);
    }
    judgement.rules.push_back({rule.id, rule.number, rule.name, combine_required(required)});
  }
  for (const auto& entry : pack.extras) judge_entry(entry, "extras", views, policy, memory, now, judgement.findings);
  return judgement;
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
  const auto times = times_of_earlier(evidence);
  if (times.empty()) return judge_views({evidence, {}}, pack, policy, memory, now);
  const auto of_now = without_earlier(evidence);
  Views views{of_now, {}};
  for (const auto at : times) views.earlier.push_back({at, without_earlier(evidence, at)});
  return judge_views(views, pack, policy, memory, now);
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
    if (finding.verdict == Verdict::unknown) continue;                  // nothing was learnt: what was known stays
    if (finding.earlier && finding.verdict == Verdict::pass) continue;  // nor of what an earlier scan saw
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
