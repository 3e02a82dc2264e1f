#include "hub/declaring/facts_from_store.h"

#include "hub/diagnosis/answers.h"
#include "hub/diagnosis/facts_from_store.h"

namespace gokajo::hub {

using platform::Result;

std::string company_day(const Company& company, Time now) {
  return platform::format_time(Time{platform::local_day(now, static_cast<int>(company.offset_minutes))}).substr(0, 10);
}

namespace {

// But for the 25 questions.
Result<DeclaringFacts> facts_of(Store& store, const Company& company, const std::vector<KeptDeclaration>& kept, Time now) {
  DeclaringFacts facts;
  const auto sheet = store.sheet(company.id);
  if (!sheet) return sheet.error();
  facts.sheet = *sheet;
  set_said(kept, now, facts);
  const auto policy = kept_policy(store, company.id);
  if (!policy) return policy.error();
  if (policy->look && now - policy->look->at < kPageCounts) {
    facts.published = policy->look->outcome;
    facts.looked_on = company_day(company, policy->look->at);
  }
  return facts;
}

}  // namespace

Result<DeclaringView> declaring_view(Store& store, const CompanyPage& page, Time now) {
  const auto& company = page.company;
  DeclaringView view;
  auto pcs = company_facts(store, page, now);
  if (!pcs) return pcs.error();
  view.pcs = std::move(*pcs);
  // As they are kept: the page of the book leaves out those that no PC is judged by.
  const auto kept = store.declarations(company.id);
  if (!kept) return kept.error();
  auto facts = facts_of(store, company, *kept, now);
  if (!facts) return facts.error();
  view.facts = std::move(*facts);
  view.diagnosis = diagnosis_result(diagnosis_sheet(), view.pcs, person_answers(diagnosis_sheet(), *kept, now));
  view.facts.questions_answered = view.diagnosis.answered;
  view.facts.questions = static_cast<std::int64_t>(view.diagnosis.questions.size());
  const auto today = company_day(company, now);
  view.states = declaring_to_do(declaring_steps(), view.facts, today);
  view.reminders = declaring_reminders(view.facts, today);
  return view;
}

Result<std::vector<DeclaringReminder>> declaring_reminders_of(Store& store, const Company& company, Time now) {
  const auto kept = store.declarations(company.id);
  if (!kept) return kept.error();
  const auto facts = facts_of(store, company, *kept, now);
  if (!facts) return facts.error();
  return declaring_reminders(*facts, company_day(company, now));
}

}  // namespace gokajo::hub
