/// \file
/// Everything the pages of the 自社診断 show of a company, before it is put into words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/diagnosis/facts_from_store.h"
#include "hub/diagnosis/history.h"
#include "hub/diagnosis/next_steps.h"

namespace gokajo::hub {

/// So many earlier results are shown.
inline constexpr std::size_t kPastShown = 12;

/// `failing`: by check, some PCs of each. `past`: the newest first.
struct DiagnosisView {
  const DiagnosisSheet* sheet = nullptr;
  CompanyFacts facts;
  PersonAnswers people;
  DiagnosisResult result;
  std::vector<NextStep> steps;
  std::map<std::string, std::vector<FailingPc>> failing;
  std::vector<PastResult> past;
};

/// Inside a transaction. Errors: those of the store.
platform::Result<DiagnosisView> diagnosis_view(Store& store, const CompanyPage& page, Time now);

}  // namespace gokajo::hub
