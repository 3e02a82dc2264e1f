#include "hub/review.h"

#include "protocol/report.h"

namespace gokajo::hub {

using platform::Done, platform::ErrorKind, platform::Result, platform::Status;

Result<HubJudgement> Review::judged(const Device& device, platform::Json content, Time scanned_at, Time received_at, Time now) {
  const auto page = book_.of(device.tenant, now);
  if (!page) return page.error();
  compliance::Memory memory;
  const auto kept = store_.memory(device.tenant, device.id);
  if (!kept && kept.error().kind != ErrorKind::not_found) return kept.error();
  if (kept) {
    const auto json = platform::parse_json(*kept, protocol::kMaxReportBytes);
    auto read = json ? compliance::read_memory(*json) : Result<compliance::Memory>(json.error());
    if (!read) return platform::Error{ErrorKind::failed, "store: memory: " + read.error().detail};
    memory = std::move(*read);
  }
  return judge_again({(*page)->pack, (*page)->company, (*page)->declarations, device.id, std::move(memory), device.behind(),
                      std::move(content), scanned_at, received_at},
                     now);
}

Status Review::keep(const Device& device, HubJudgement judgement, Time now, std::optional<Time> scanned_at) {
  if (auto status = store_.put_memory(device.tenant, device.id, compliance::write_memory(judgement.memory).dump()); !status) return status;
  return store_.set_verdicts(device, std::move(judgement.findings), judgement.rules, now, scanned_at);
}

Status Review::again(Device device, Time now) {
  auto kept = store_.content(device.tenant, device.id, Store::Which::current);
  if (!kept) return kept.error().kind == ErrorKind::not_found ? Status(Done{}) : kept.error();
  auto judgement = judged(device, std::move(kept->content), kept->scanned_at, kept->received_at, now);
  if (!judgement) return judgement.error();
  return keep(device, std::move(*judgement), now);
}

Status Review::company_again(const std::string& tenant, Time now) {
  const auto devices = store_.devices(tenant);
  if (!devices) return devices.error();
  for (const auto& device : *devices)
    if (device.standing != Standing::removed)
      if (auto status = again(device, now); !status) return status;
  return Done{};
}

}  // namespace gokajo::hub
