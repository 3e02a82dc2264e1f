#include "hub/mail/in_use.h"

namespace gokajo::hub {

platform::Result<InUse> in_use_of(Store& store, const std::string& tenant, const Contacts& contacts) {
  InUse in_use;
  for (const auto& device : contacts.devices) {
    if (contacts.of(device.id) != Contact::resting_heard) continue;
    const auto findings = store.findings(tenant, device.id);
    if (!findings) return findings.error();
    for (const auto& finding : *findings) {
      if (finding.to_do != ToDo::now) continue;
      in_use.by_cause[{finding.check, finding.situation}].push_back({device.id, device.shown_name(), finding});
      in_use.failing.insert(device.id);
    }
  }
  return in_use;
}

}  // namespace gokajo::hub
