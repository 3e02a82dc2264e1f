#include "hub/diagnosis/view.h"

#include "hub/diagnosis/answers.h"

namespace gokajo::hub {

namespace {

std::set<std::string> failing_checks(const DiagnosisResult& result) {
  std::set<std::string> checks;
  for (const auto& one : result.questions)
    for (const auto& proof : one.machine.proof)
      if (proof.seen.failing > 0) checks.insert(proof.check);
  return checks;
}

}  // namespace

platform::Result<DiagnosisView> diagnosis_view(Store& store, const CompanyPage& page, Time now) {
  const auto& company = page.company;
  DiagnosisView view;
  view.sheet = &diagnosis_sheet();
  auto facts = company_facts(store, page, now);
  if (!facts) return facts.error();
  view.facts = std::move(*facts);
  const auto kept = store.declarations(company.id);
  if (!kept) return kept.error();
  view.people = person_answers(*view.sheet, *kept, now);
  view.result = diagnosis_result(*view.sheet, view.facts, view.people);
  view.steps = next_steps(*view.sheet, view.result);
  auto failing = failing_pcs(store, company, failing_checks(view.result), now);
  if (!failing) return failing.error();
  view.failing = std::move(*failing);
  auto past = past_results(store, company, *view.sheet, kPastShown);
  if (!past) return past.error();
  view.past = std::move(*past);
  return view;
}

}  // namespace gokajo::hub
