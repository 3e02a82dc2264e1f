/// \file
/// What is known of a company and SCS ★3, read with a few questions however many PCs there are.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/company_book.h"
#include "hub/diagnosis/facts_from_store.h"
#include "hub/scs3/answers.h"

namespace gokajo::hub {

inline constexpr const char* kScsPack = "scs3";

/// Those of `checks` whose numbers in `pack` are not those of ★3's pack, or that it does not hold.
std::set<std::string> judged_otherwise(const compliance::Pack& pack, const compliance::Pack& scs, const std::set<std::string>& checks);

/// `pcs` as they are known. Inside a transaction. Errors: those of the store; not_found: there is no pack of that name.
platform::Result<ScsGround> scs_ground(Store& store, const CompanyPage& page, CompanyFacts pcs);

struct ScsView {
  const ScsFacts* facts = nullptr;
  ScsGround ground;
  ScsAnswers answers;
  std::vector<ScsState> states;
  std::map<std::string, std::vector<FailingPc>> failing;  ///< by check, of criteria that fail
  bool chosen = false;                                    ///< the company's pack is ★3's, or rests on it
};

/// Inside a transaction. Errors: those of the store.
platform::Result<ScsView> scs_view(Store& store, const CompanyPage& page, Time now);

}  // namespace gokajo::hub
