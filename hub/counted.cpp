#include "hub/counted.h"

#include "hub/kept_finding.h"

namespace gokajo::hub {

platform::Result<Counted> counted_now(Store& store, const Company& company, Time now) {
  const auto contacts = contacts_of(store, calendar_of(company), company.id, now);
  if (!contacts) return contacts.error();
  return counted_now(store, company.id, *contacts);
}

platform::Result<Counted> counted_now(Store& store, const std::string& tenant, const Contacts& contacts) {
  auto counters = store.counters(tenant);
  if (!counters) return counters.error();
  counters->erase(GOKAJO_WORST_COUNTER);
  Counted counted{std::move(*counters)};
  for (const auto& [id, contact] : contacts.quiet) ++(contact == Contact::silent ? counted.silent : counted.resting);
  if (!contacts.silence.marked.empty()) {
    const auto silent = store.silent_counters(tenant);
    if (!silent) return silent.error();
    for (const auto& [rule, verdicts] : *silent)
      for (const auto& [verdict, pcs] : verdicts) counted.counters[rule][kSilentVerdict] += pcs;
  }
  if (contacts.devices.empty()) return counted;
  const auto rules = store.rules_of(tenant, contacts.unmarked_ids());
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
