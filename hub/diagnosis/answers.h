/// \file
/// People's answers to the 自社診断, kept as declarations of the company: one for each question and edition. No PC is told of them, and
/// none is judged by them (hub/company_book.cpp leaves them out).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "hub/diagnosis/result.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Whether a declaration is an answer to some edition of the 自社診断.
bool is_diagnosis_answer(const compliance::Declaration& declaration);

/// Of which question it is; nullopt: it is none.
std::optional<std::int64_t> diagnosis_number(const compliance::Declaration& declaration);

/// Those to this edition, of any that are kept; a withdrawn one is none.
PersonAnswers person_answers(const DiagnosisSheet& sheet, const std::vector<KeptDeclaration>& declarations, Time now);

/// What a person said of these questions; nullopt takes an answer back. `renewed`: questions of which they say that the answer that
/// counts still holds: it is theirs from now on.
struct DiagnosisAnswers {
  std::map<std::int64_t, std::optional<Level>> changed;
  std::vector<std::int64_t> renewed;
};

/// Keeps them with who and when, tells the record (操作の記録), and notes there what the result is now (hub/diagnosis/history.h). Inside a
/// transaction. Numbers must be of the sheet. Errors: those of the store.
platform::Status take_diagnosis(Store& store, const DiagnosisSheet& sheet, const Company& company, const CompanyFacts& facts,
                                const DiagnosisAnswers& answers, const std::string& who, Time now);

}  // namespace gokajo::hub
