#include "hub/counted.h"

#include "hub/kept_finding.h"

namespace gokajo::hub {

namespace {

// Those among the rest that are silent or at rest, too.
platform::Status count_quiet(Store& store, const std::string& tenant, const Contacts& contacts, Counted& counted) {
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
  return platform::Done{};
}

void withhold_good(Counters& counters) {
  for (auto& [what, verdicts] : counters) {
    if (what == "device") continue;
    std::int64_t good = 0;
    for (const char* verdict : {"pass", "not_applicable"}) {
      const auto found = verdicts.find(verdict);
      if (found == verdicts.end()) continue;
      good += found->second;
      verdicts.erase(found);
    }
    if (good > 0) verdicts["unknown"] += good;
  }
}

}  // namespace

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
  if (!contacts.devices.empty())
    if (auto status = count_quiet(store, tenant, contacts, counted); !status) return status.error();
  auto rejudging = rejudgings_of(store).rejudging(tenant);
  if (!rejudging) return rejudging.error();
  counted.rejudging = std::move(*rejudging);
  if (counted.rejudging) withhold_good(counted.counters);
  return counted;
}

}  // namespace gokajo::hub
