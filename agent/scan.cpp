#include "agent/scan.h"

#include "agent/offered_briefings.h"
#include "collectors/collect.h"

namespace gokajo::agent {

platform::Result<ScanResult> scan(const platform::Host& host, const ScanInput& input, platform::Time now, Watcher watcher) {
  auto pack = compliance::effective_pack(input.pack, input.policy, now);
  if (!pack) return pack.error();
  ScanResult result;
  result.scanned_at = now;
  result.evidence = collectors::collect(host, {compliance::wants_inventory(input.policy)}, watcher.tell, watcher.context);
  result.evidence.threats.offered = offered_briefings(now, input.handed_out);
  result.evidence.declarations = input.declarations;
  result.pack = std::move(*pack);
  result.judgement = compliance::judge(result.evidence, result.pack, input.policy, input.memory, now);
  result.memory = compliance::remember(input.memory, result.evidence, result.judgement, now);
  return result;
}

}  // namespace gokajo::agent
