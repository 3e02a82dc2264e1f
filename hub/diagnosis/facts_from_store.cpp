#include "hub/diagnosis/facts_from_store.h"

#include "hub/answers.h"
#include "hub/checks_view.h"
#include "hub/contacts.h"
#include "hub/counters.h"
#include "hub/rejudging_store.h"
#include "hub/silence.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Result;

namespace {

constexpr std::int64_t kMostFailingRead = 50;

// Of the chosen answer; nullopt for one that the pack does not know.
std::optional<Verdict> verdict_of(const compliance::PackQuestion& question, const std::string& answer) {
  for (const auto& choice : question.choices) {
    Verdict verdict{};
    if (choice.id == answer && boost::describe::enum_from_string(choice.verdict.c_str(), verdict)) return verdict;
  }
  return std::nullopt;
}

Result<CheckCounts> counts_of(Store& store, const std::string& tenant, const std::vector<std::string>& devices) {
  return devices.empty() ? Result<CheckCounts>(CheckCounts{}) : store.check_counts_of(tenant, devices, "");
}

std::int64_t counter_of(const CheckCounts& counts, const std::string& check, Verdict verdict) {
  const auto found = counts.find(check);
  if (found == counts.end()) return 0;
  const auto pcs = found->second.find(verdict);
  return pcs == found->second.end() ? 0 : pcs->second;
}

}  // namespace

Result<CompanyFacts> company_facts(Store& store, const CompanyPage& page, Time now) {
  const auto& company = page.company;
  CompanyFacts facts;
  facts.stated = company.stated_devices;
  const auto counters = store.counters(company.id);
  if (!counters) return counters.error();
  facts.registered = counter_of(*counters, "device", "approved");
  const auto contacts = contacts_of(store, calendar_of(company), company.id, now);
  if (!contacts) return contacts.error();
  // One that is in use while it should rest passes nothing before the rest is over; one that nobody uses contradicts nothing.
  std::vector<std::string> unused;
  for (const auto& [id, contact] : contacts->quiet)
    if (contact == Contact::resting) unused.push_back(id);
  facts.quiet = static_cast<std::int64_t>(contacts->quiet.size());
  const auto all = all_check_counts(store, company.id);
  if (!all) return all.error();
  const auto unmarked = store.check_counts(company.id);
  if (!unmarked) return unmarked.error();
  const auto of_quiet = counts_of(store, company.id, contacts->unmarked_ids());
  if (!of_quiet) return of_quiet.error();
  const auto of_unused = counts_of(store, company.id, unused);
  if (!of_unused) return of_unused.error();
  for (const auto& [check, counts] : *all) {
    auto& seen = facts.checks[check];
    for (const auto& [verdict, pcs] : counts)
      if (const auto heard = counter_of(*unmarked, check, verdict) - counter_of(*of_quiet, check, verdict); heard > 0)
        seen.heard.emplace(verdict, heard);
    seen.failing = counter_of(*all, check, Verdict::fail) - counter_of(*of_unused, check, Verdict::fail);
  }
  // Some were found to be what they are by something else than the others: nothing of them passes before that ends.
  const auto rejudging = rejudgings_of(store).rejudging(company.id);
  if (!rejudging) return rejudging.error();
  if (*rejudging)
    for (auto& [check, seen] : facts.checks)
      for (const auto good : {Verdict::pass, Verdict::not_applicable})
        if (const auto pcs = seen.heard.extract(good)) seen.heard[Verdict::unknown] += pcs.mapped();
  for (const auto& question : page.pack.questions)
    if (const auto answer = company_answer(page.declarations, question.id); answer && !has_ended(*answer, now))
      if (const auto verdict = verdict_of(question, answer->declaration.answer)) facts.answers.emplace(question.id, *verdict);
  return facts;
}

Result<std::map<std::string, std::vector<FailingPc>>> failing_pcs(Store& store, const Company& company, const std::set<std::string>& checks,
                                                                  Time now) {
  const auto contacts = contacts_of(store, calendar_of(company), company.id, now);
  if (!contacts) return contacts.error();
  std::map<std::string, std::vector<FailingPc>> failing;
  for (const auto& check : checks) {
    const auto findings = store.findings_of_check(company.id, check, Verdict::fail, 0, kMostFailingRead);
    if (!findings) return findings.error();
    std::vector<FailingPc> pcs;
    for (const auto& one : *findings) {
      const auto contact = contacts->of(one.device);
      if (contact != Contact::resting && pcs.size() < kMostFailing) pcs.push_back({one.device, one.label, contact == Contact::silent});
    }
    if (!pcs.empty()) failing.emplace(check, std::move(pcs));
  }
  return failing;
}

}  // namespace gokajo::hub
