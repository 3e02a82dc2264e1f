/// \file
/// What a company's PCs and its answers to its rule pack say, for a 自社診断, read with a few questions however many PCs there are.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/company_book.h"
#include "hub/diagnosis/machine_answer.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Inside a transaction. Errors: those of the store.
platform::Result<CompanyFacts> company_facts(Store& store, const CompanyPage& page, Time now);

/// One of those that CompanyFacts counts as failing. `silent`: by what it was last found to be.
struct FailingPc {
  std::string device;
  std::string label;
  bool silent = false;
};
inline constexpr std::size_t kMostFailing = 5;

/// Of each of these checks at most kMostFailing.
platform::Result<std::map<std::string, std::vector<FailingPc>>> failing_pcs(Store& store, const Company& company,
                                                                            const std::set<std::string>& checks, Time now);

}  // namespace gokajo::hub
