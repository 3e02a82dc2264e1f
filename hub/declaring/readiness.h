/// \file
/// The adviser's view: which company is ready to declare one star, what is missing for two, and what of SCS 評価制度 ★3 its PCs show. One
/// table, for the page and for the workbook alike; nothing in it is a judgement of a star.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/declaring/facts_from_store.h"
#include "hub/export/tables.h"
#include "hub/scs3/standing.h"

namespace gokajo::hub {

/// How far a company is. declared: noted on its sheet; ready: nothing is missing but the declaration itself.
enum class StarStanding { missing, ready, declared };

struct Readiness {
  StarStanding one = StarStanding::missing;
  StarStanding two = StarStanding::missing;
  std::vector<const DeclaringStepText*> missing_one;
  std::vector<const DeclaringStepText*> missing_two;            ///< without those of `missing_one`
  std::map<ScsStanding, std::vector<const ScsCriterion*>> scs;  ///< those that facts decide, by what PCs show alone
};
Readiness readiness_of(const DeclaringView& view, const ScsGround& ground);

/// A company a row, those that are ready but have not declared first, then by what is missing least.
platform::Status readiness_table(const ExportQuestion& question, const std::vector<std::string>& tenants, const RowSink& sink);

}  // namespace gokajo::hub
