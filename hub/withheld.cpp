#include "hub/withheld.h"

#include "hub/kept_finding.h"
#include "hub/read_finding.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

KeptFinding withheld(const KeptFinding& kept, Time now) {
  auto judged = read_finding(kept).value_or(compliance::JudgedFinding{});
  auto& finding = judged.finding;
  finding.check = kept.check;
  finding.verdict = Verdict::unknown;
  finding.situation = "unmeasured";
  finding.parameters.clear();
  finding.items.clear();
  finding.earlier.reset();
  finding.absence = compliance::Absence{platform::ErrorKind::malformed, "what is kept of this PC cannot be judged", "hub", now};
  judged.rule = kept.rule;
  judged.role = kept.required ? compliance::Role::required : compliance::Role::advice;
  return kept_finding(judged, now);
}

}  // namespace

platform::Status withhold(Store& store, CompanyBook& book, const Device& device, Time now) {
  const auto page = book.of(device.tenant, now);
  if (!page) return page.error();
  // Of what cannot be read nothing is known.
  const auto kept = store.findings(device.tenant, device.id);
  const auto before = store.rules(device.tenant, device.id);
  std::vector<KeptFinding> findings;
  if (kept)
    for (const auto& one : *kept) findings.push_back(is_good(one.verdict) ? withheld(one, now) : one);
  std::map<std::string, Verdict> rules;
  for (const auto& rule : (*page)->pack.rules) {
    auto& verdict = rules.emplace(rule.id, Verdict::unknown).first->second;
    if (!before) continue;
    if (const auto was = before->find(rule.id); was != before->end() && !is_good(was->second)) verdict = was->second;
  }
  return store.set_verdicts(device, std::move(findings), rules, now, std::nullopt);
}

}  // namespace gokajo::hub
