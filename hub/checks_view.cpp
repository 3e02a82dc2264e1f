#include "hub/checks_view.h"

#include <algorithm>

#include "hub/company_book.h"
#include "hub/read_finding.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Result;

namespace {

void add_checks(const std::vector<compliance::PackCheck>& entries, const CheckCounts& counts, CheckedRule& rule) {
  for (const auto& entry : entries)
    for (const auto& check : entry.checks()) {
      const auto found = counts.find(check);
      rule.checks.push_back(
          {check, entry.role == compliance::Role::required, found == counts.end() ? std::map<Verdict, std::int64_t>{} : found->second});
    }
}

platform::Status take_out(Store& store, const std::string& tenant, const std::vector<std::string>& quiet, CheckCounts& counts) {
  if (quiet.empty()) return platform::Done{};
  const auto of_quiet = store.check_counts_of(tenant, quiet, "");
  if (!of_quiet) return of_quiet.error();
  for (const auto& [check, verdicts] : *of_quiet)
    for (const auto& [verdict, pcs] : verdicts)
      if ((counts[check][verdict] -= pcs) == 0) counts[check].erase(verdict);
  return platform::Done{};
}

// What fails on a PC in use while it should rest is told as on any other.
platform::Status add_failures_in_use(Store& store, const std::string& tenant, const Contacts& contacts, CheckCounts& counts) {
  for (const auto& id : contacts.silence.in_use) {
    const auto findings = store.findings(tenant, id);
    if (!findings) return findings.error();
    for (const auto& finding : *findings)
      if (finding.verdict == Verdict::fail) ++counts[finding.check][Verdict::fail];
  }
  return platform::Done{};
}

}  // namespace

Result<CheckCounts> all_check_counts(Store& store, const std::string& tenant) {
  auto counts = store.check_counts(tenant);
  const auto silent = counts ? store.silent_check_counts(tenant) : counts;
  if (!silent) return silent.error();
  for (const auto& [check, verdicts] : *silent)
    for (const auto& [verdict, pcs] : verdicts) (*counts)[check][verdict] += pcs;
  return counts;
}

Result<std::vector<DeviceFinding>> worst_first(Store& store, const std::string& tenant, const std::string& check, std::int64_t offset,
                                               std::int64_t limit) {
  const auto counts = all_check_counts(store, tenant);
  if (!counts) return counts.error();
  std::vector<DeviceFinding> found;
  const auto verdicts = counts->find(check);
  if (verdicts == counts->end()) return found;
  for (const auto verdict : {Verdict::fail, Verdict::ask, Verdict::unknown, Verdict::pass}) {
    const auto pcs = verdicts->second.find(verdict);
    if (pcs == verdicts->second.end()) continue;
    if (offset < pcs->second && limit > 0) {
      auto some = store.findings_of_check(tenant, check, verdict, offset, limit);
      if (!some) return some;
      limit -= static_cast<std::int64_t>(some->size());
      found.insert(found.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    offset = std::max<std::int64_t>(offset - pcs->second, 0);
  }
  return found;
}

Result<ChecksView> checks_view(Store& store, const std::string& tenant, Time now, const Library* library) {
  CompanyBook book(store, library);
  const auto held = book.of(tenant, now);
  if (!held) return held.error();
  const auto contacts = contacts_of(store, calendar_of((*held)->company), tenant, now);
  if (!contacts) return contacts.error();
  auto counts = store.check_counts(tenant);
  if (!counts) return counts.error();
  if (auto status = take_out(store, tenant, contacts->unmarked_ids(), *counts); !status) return status.error();
  if (auto status = add_failures_in_use(store, tenant, *contacts, *counts); !status) return status.error();
  ChecksView view;
  view.quiet = static_cast<std::int64_t>(contacts->quiet.size() - contacts->silence.in_use.size());
  const auto& pack = (*held)->pack;
  for (const auto& rule : pack.rules) {
    auto& added = view.rules.emplace_back(CheckedRule{rule.id, rule.number, rule.name, {}});
    add_checks(rule.checks, *counts, added);
  }
  if (!pack.extras.empty()) add_checks(pack.extras, *counts, view.rules.emplace_back(CheckedRule{"extras", 0, {}, {}}));
  return view;
}

Result<CheckedDevices> checked_devices(Store& store, const Company& company, const std::string& check, std::int64_t offset,
                                       std::int64_t limit, Time now) {
  const auto contacts = contacts_of(store, calendar_of(company), company.id, now);
  if (!contacts) return contacts.error();
  auto found = worst_first(store, company.id, check, offset, limit + 1);
  if (!found) return found.error();
  CheckedDevices devices;
  devices.more = static_cast<std::int64_t>(found->size()) > limit;
  if (devices.more) found->pop_back();
  const compliance::Reader reader{static_cast<int>(company.offset_minutes), {}};
  for (auto& one : *found) {
    compliance::Finding finding;
    finding.check = one.finding.check;
    finding.verdict = one.finding.verdict;
    if (auto judged = read_finding(one.finding)) finding = std::move(judged->finding);
    auto text = compliance::render(finding, compliance::built_in_wording(), reader);
    devices.devices.push_back({one.device, std::move(one.label), contacts->of(one.device), std::move(one.finding), std::move(text)});
  }
  return devices;
}

}  // namespace gokajo::hub
