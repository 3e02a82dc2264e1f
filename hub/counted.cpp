#include "hub/counted.h"

namespace gokajo::hub {

platform::Result<Counted> counted_now(Store& store, const Company& company, Time now) {
  const auto contacts = contacts_of(store, calendar_of(company), company.id, now);
  if (!contacts) return contacts.error();
  return counted_now(store, company.id, *contacts);
}

platform::Result<Counted> counted_now(Store& store, const std::string& tenant, const Contacts& contacts) {
  auto counters = store.counters(tenant);
  if (!counters) return counters.error();
  Counted counted{std::move(*counters)};
  if (contacts.quiet.empty()) return counted;
  std::vector<std::string> ids;
  for (const auto& [id, contact] : contacts.quiet) {
    ids.push_back(id);
    ++(contact == Contact::silent ? counted.silent : counted.resting);
  }
  const auto rules = store.rules_of(tenant, ids);
  if (!rules) return rules.error();
  for (const auto& one : *rules) {
    const auto contact = contacts.of(one.device);
    if (counted_as(contact, one.verdict)) continue;
    auto& verdicts = counted.counters[one.rule];
    const auto verdict = verdicts.find(boost::describe::enum_to_string(one.verdict, ""));
    if (verdict != verdicts.end() && --verdict->second == 0) verdicts.erase(verdict);
    ++verdicts[contact == Contact::silent ? kSilentVerdict : kRestingVerdict];
  }
  return counted;
}

}  // namespace gokajo::hub
