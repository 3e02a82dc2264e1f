/// \file
/// What is known of a company on its way to a star, read with a few questions however many PCs there are.
#pragma once

#include "hub/company_book.h"
#include "hub/declaring/to_do.h"
#include "hub/diagnosis/result.h"

namespace gokajo::hub {

/// `diagnosis`: of the sheet that is compiled in.
struct DeclaringView {
  DeclaringFacts facts;
  CompanyFacts pcs;
  DiagnosisResult diagnosis;
  std::vector<DeclaringState> states;
  std::vector<DeclaringReminder> reminders;
};

/// "2026-11-27" of the company.
std::string company_day(const Company& company, Time now);

/// Inside a transaction. Errors: those of the store.
platform::Result<DeclaringView> declaring_view(Store& store, const CompanyPage& page, Time now);

/// Of what needs no look at PCs and answers: for mails.
platform::Result<std::vector<DeclaringReminder>> declaring_reminders_of(Store& store, const Company& company, Time now);

}  // namespace gokajo::hub
