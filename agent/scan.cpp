#include "agent/scan.h"

#include "agent/offered_briefings.h"
#include "collectors/collect.h"
#include "compliance/earlier.h"
#include "platform/last_answers.h"

namespace gokajo::agent {

namespace {

// What the PC says now; where no answer came in time, what it said last, so marked. `host` gives the same answer to the same question, so
// nothing is asked twice.
compliance::Evidence evidence_of(const platform::Host& host, collectors::Scope scope, platform::Time now, Watcher watcher) {
  const platform::OnlyNewAnswers of_now(host, now);
  auto evidence = collectors::collect(of_now, scope, watcher.tell, watcher.context);
  auto older = of_now.held_back();
  for (std::size_t times = 0; older && times < compliance::kMaxEarlierTimes; ++times) {
    const platform::OnlyNewAnswers since(host, now, older);
    compliance::take_earlier(evidence, collectors::collect(since, {.inventory = false}), *older);
    older = since.held_back();
  }
  return evidence;
}

}  // namespace

platform::Result<ScanResult> scan(const platform::Host& host, const ScanInput& input, platform::Time now, Watcher watcher) {
  auto pack = compliance::effective_pack(input.pack, input.policy, now);
  if (!pack) return pack.error();
  ScanResult result;
  result.scanned_at = now;
  result.evidence = evidence_of(host, {compliance::wants_inventory(input.policy)}, now, watcher);
  result.evidence.threats.offered = offered_briefings(now, input.handed_out);
  add_told(result.evidence.threats, input.told, now);
  result.evidence.declarations = input.declarations;
  result.pack = std::move(*pack);
  result.judgement = compliance::judge(result.evidence, result.pack, input.policy, input.memory, now);
  result.memory = compliance::remember(input.memory, result.evidence, result.judgement, now);
  return result;
}

}  // namespace gokajo::agent
