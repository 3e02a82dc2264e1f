/// \file
/// People's answers to criteria of SCS ★3 (自己申告), kept as declarations of the company: one for each criterion and edition. No PC is
/// told of them, and none is judged by them (hub/company_book.cpp leaves them out).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/scs3/standing.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Whether a declaration is an answer to some edition of ★3.
bool is_scs_answer(const compliance::Declaration& declaration);

/// Those to this edition, of any that are kept; a withdrawn one is none.
ScsAnswers scs_answers(const ScsFacts& facts, const std::vector<KeptDeclaration>& declarations, Time now);

/// By criterion; nullopt takes an answer back.
using ScsChanges = std::map<std::string, std::optional<Level>>;

/// Keeps them with who and when, and tells the record (操作の記録). Inside a transaction. Ids must be of criteria that ask a person.
/// Errors: those of the store.
platform::Status take_scs_answers(Store& store, const ScsFacts& facts, const Company& company, const ScsChanges& changes,
                                  const std::string& who, Time now);

}  // namespace gokajo::hub
