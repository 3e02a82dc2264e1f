#include "hub/review.h"

#include "hub/kept_content.h"
#include "protocol/report.h"

namespace gokajo::hub {

using platform::Done, platform::ErrorKind, platform::Result, platform::Status;

Result<Case> Review::open(const Device& device, Time scanned_at, Time received_at, Time now) {
  auto page = book_.of(device.tenant, now);
  if (!page) return page.error();
  auto memory = store_.memory(device.tenant, device.id);
  if (!memory && memory.error().kind != ErrorKind::not_found) return memory.error();
  return Case{std::move(*page), device.id, memory ? std::move(*memory) : "", device.behind(), scanned_at, received_at};
}

Result<HubJudgement> Review::judged(Case one, platform::Json content, Time now) {
  compliance::Memory memory;
  if (!one.memory.empty()) {
    auto json = platform::parse_json(one.memory, protocol::kMaxReportBytes);
    auto read = json ? compliance::read_memory(std::move(*json)) : Result<compliance::Memory>(json.error());
    if (!read) return platform::Error{ErrorKind::failed, "store: memory: " + read.error().detail};
    memory = std::move(*read);
  }
  auto judgement = judge_again({one.page->pack, one.page->company, one.page->declarations, one.device, std::move(memory), one.behind,
                                std::move(content), one.scanned_at, one.received_at},
                               now);
  if (!judgement) return judgement;
  if (auto text = platform::to_text(compliance::write_memory(judgement->memory)); text != one.memory)
    judgement->memory_text = std::move(text);
  return judgement;
}

Result<HubJudgement> Review::judged_again(Case one, const KeptContent& kept, Time now) {
  auto content = content_of(kept);
  if (!content) return content.error();
  if (content->is_object() && content->contains("findings")) (*content)["findings"] = platform::Json::array();
  return judged(std::move(one), std::move(*content), now);
}

Status Review::keep(const Device& device, HubJudgement judgement, Time now, std::optional<Time> scanned_at) {
  if (judgement.memory_text)
    if (auto status = store_.put_memory(device.tenant, device.id, *judgement.memory_text); !status) return status;
  return store_.set_verdicts(device, std::move(judgement.findings), judgement.rules, now, scanned_at);
}

Status Review::again(Device device, Time now) {
  const auto kept = store_.content(device.tenant, device.id, Store::Which::current);
  if (!kept) return kept.error().kind == ErrorKind::not_found ? Status(Done{}) : kept.error();
  auto one = open(device, kept->scanned_at, kept->received_at, now);
  if (!one) return one.error();
  auto judgement = judged_again(std::move(*one), *kept, now);
  if (!judgement) return judgement.error();
  // Of a hub that did not know it yet.
  if (device.machine != judgement->machine) {
    device.machine = judgement->machine;
    if (auto put = store_.put_device(device); !put) return put;
  }
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
