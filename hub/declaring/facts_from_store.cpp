#include "hub/declaring/facts_from_store.h"

#include "hub/diagnosis/answers.h"
#include "hub/diagnosis/facts_from_store.h"

namespace gokajo::hub {

using platform::Result;

std::string company_day(const Company& company, Time now) {
  return platform::format_time(Time{platform::local_day(now, static_cast<int>(company.offset_minutes))}).substr(0, 10);
}

Result<DeclaringView> declaring_view(Store& store, const CompanyPage& page, Time now) {
  const auto& company = page.company;
  DeclaringView view;
  auto pcs = company_facts(store, page, now);
  if (!pcs) return pcs.error();
  view.pcs = std::move(*pcs);
  // As they are kept: the page of the book leaves out those that no PC is judged by.
  const auto kept = store.declarations(company.id);
  if (!kept) return kept.error();
  const auto sheet = store.sheet(company.id);
  if (!sheet) return sheet.error();
  view.diagnosis = diagnosis_result(diagnosis_sheet(), view.pcs, person_answers(diagnosis_sheet(), *kept, now));
  view.facts.sheet = *sheet;
  view.facts.questions_answered = view.diagnosis.answered;
  view.facts.questions = static_cast<std::int64_t>(view.diagnosis.questions.size());
  set_said(*kept, now, view.facts);
  const auto today = company_day(company, now);
  view.states = declaring_to_do(declaring_steps(), view.facts, today);
  view.reminders = declaring_reminders(view.facts, today);
  return view;
}

Result<std::vector<DeclaringReminder>> declaring_reminders_of(Store& store, const Company& company, Time now) {
  DeclaringFacts facts;
  const auto sheet = store.sheet(company.id);
  if (!sheet) return sheet.error();
  facts.sheet = *sheet;
  const auto kept = store.declarations(company.id);
  if (!kept) return kept.error();
  set_said(*kept, now, facts);
  return declaring_reminders(facts, company_day(company, now));
}

}  // namespace gokajo::hub
