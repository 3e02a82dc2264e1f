#include "hub/pack_comparison.h"

#include <algorithm>

#include "compliance/check.h"
#include "compliance/judge.h"
#include "hub/contacts.h"
#include "hub/counters.h"
#include "hub/kept_content.h"
#include "hub/review.h"

namespace gokajo::hub {

using compliance::Pack, compliance::PackCheck, compliance::Settings, compliance::Verdict, platform::ErrorKind, platform::Result;

namespace {

std::vector<PackColumn> columns_of(const CompanyPage& page, Time now) {
  std::vector<PackColumn> columns;
  for (const auto& [id, one] : page.rests_on->packs) {
    const bool current = id == page.company.pack;
    if (columns.size() >= kMostColumns && !current) continue;
    auto whole = page.rests_on->pack(id);
    if (!whole) continue;  // a file of the hub's folder that is told of elsewhere
    auto effective = compliance::effective_pack(*whole, page.company.policy, now);
    const bool fits = effective.has_value();
    columns.push_back({fits ? std::move(*effective) : std::move(*whole), current, fits});
  }
  return columns;
}

// Judges PCs by each of the packs.
class Comparing {
 public:
  Comparing(Store& store, const CompanyPage& page, PackComparison& into, Time now) : store_(store), into_(into), now_(now) {
    for (const auto& column : into.columns) {
      auto other = std::make_shared<CompanyPage>(page);
      other->pack = column.pack;
      pages_.push_back(std::move(other));
    }
    into_.outcomes.resize(into.columns.size());
  }

  platform::Status add(const Device& device) {
    const auto kept = store_.content(device.tenant, device.id, Store::Which::current);
    if (!kept && kept.error().kind != ErrorKind::not_found) return kept.error();
    const auto content = kept ? content_of(*kept) : Result<platform::Json>(kept.error());
    auto memory = store_.memory(device.tenant, device.id);
    if (!memory && memory.error().kind != ErrorKind::not_found) return memory.error();
    std::vector<HubJudgement> judged;
    for (const auto& page : pages_) {
      if (!content) break;
      auto one =
          Review::judged({page, device.id, memory ? *memory : "", device.behind(), kept->scanned_at, kept->received_at}, *content, now_);
      if (!one) break;
      judged.push_back(std::move(*one));
    }
    // By all or by none: columns are of the same PCs.
    if (judged.size() != pages_.size()) {
      ++into_.without;
      return platform::Done{};
    }
    into_.judged.emplace(device.id, device.shown_name());
    for (std::size_t i = 0; i < judged.size(); ++i) {
      auto& outcome = into_.outcomes[i];
      for (const auto& finding : judged[i].findings) outcome.checks[finding.check].insert_or_assign(device.id, finding.verdict);
      std::vector<Verdict> verdicts;
      for (const auto& [rule, verdict] : judged[i].rules) {
        outcome.rules[rule].insert_or_assign(device.id, verdict);
        verdicts.push_back(verdict);
      }
      outcome.pcs.insert_or_assign(device.id, compliance::combine_required(verdicts));
    }
    return platform::Done{};
  }

 private:
  Store& store_;
  PackComparison& into_;
  Time now_;
  std::vector<std::shared_ptr<const CompanyPage>> pages_;
};

}  // namespace

Result<PackComparison> compare_packs(Store& store, const CompanyPage& page, Time now) {
  PackComparison comparison;
  comparison.columns = columns_of(page, now);
  const auto counters = store.counters(page.company.id);
  if (!counters) return counters.error();
  comparison.registered = counter_of(*counters, "device", "approved");
  if (comparison.registered == 0 || comparison.registered > kMostCompared) return comparison;
  const auto contacts = contacts_of(store, calendar_of(page.company), page.company.id, now);
  if (!contacts) return contacts.error();
  comparison.quiet = static_cast<std::int64_t>(contacts->quiet.size());
  const auto devices = store.devices(page.company.id);
  if (!devices) return devices.error();
  Comparing comparing(store, page, comparison, now);
  for (const auto& device : *devices)
    if (device.standing == Standing::approved && contacts->of(device.id) == Contact::heard)
      if (auto added = comparing.add(device); !added) return added.error();
  if (comparison.judged.empty()) comparison.outcomes.clear();
  return comparison;
}

PlacedCheck placed(const Pack& pack, const std::string& check) {
  const auto within = [&](const std::vector<PackCheck>& entries) -> const PackCheck* {
    for (const auto& entry : entries) {
      const auto checks = entry.checks();
      if (std::find(checks.begin(), checks.end(), check) != checks.end()) return &entry;
    }
    return nullptr;
  };
  for (const auto& rule : pack.rules)
    if (const auto* entry = within(rule.checks)) return {entry, rule.id};
  const auto* extra = within(pack.extras);
  return {extra, extra ? "extras" : ""};
}

Settings settings_of(const PackCheck& entry, const std::string& check) {
  const auto* known = compliance::find_check(check);
  Settings settings = known ? known->settings : Settings{};
  for (const auto& [name, value] : entry.settings.value_or(Settings{})) settings.insert_or_assign(name, value);
  return settings;
}

}  // namespace gokajo::hub
