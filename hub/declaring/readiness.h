/// \file
/// The adviser's view: which company is ready to declare one star, what is missing for two, and what of SCS 評価制度 ★3 its PCs show. One
/// table, for the page and for the workbook alike; nothing in it is a judgement of a star.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/declaring/facts_from_store.h"
#include "hub/export/tables.h"

namespace gokajo::hub {

/// A criterion of ★3 that facts of PCs decide; no checks: by how many PCs are registered.
struct ScsCriterion {
  std::string id;
  compliance::Text text;
  std::vector<std::string> checks;
};
BOOST_DESCRIBE_STRUCT(ScsCriterion, (), (id, text, checks))

/// `criteria`: of ★3 in all; `partly`: PCs show a part of these; `by_person`: nothing.
struct ScsFacts {
  std::string format;
  std::string about;
  std::string as_of;
  std::int64_t criteria = 0;
  std::int64_t partly = 0;
  std::int64_t by_person = 0;
  std::vector<ScsCriterion> by_machine;
};
BOOST_DESCRIBE_STRUCT(ScsFacts, (), (format, about, as_of, criteria, partly, by_person, by_machine))

/// Error{malformed} with the place.
platform::Result<ScsFacts> read_scs_facts(std::string_view text);
/// The one that is compiled in.
const ScsFacts& scs_facts();

/// met: all PCs are registered, have reported and are heard, and on each every check passes or does not apply, by thresholds that the
/// company has not changed; one without checks: and the inventory is collected. failing: a check fails on some PC. open: neither.
enum class ScsStanding { met, failing, open };
ScsStanding standing_of(const ScsCriterion& criterion, const CompanyFacts& pcs, const compliance::Policy& policy);

/// How far a company is. declared: noted on its sheet; ready: nothing is missing but the declaration itself.
enum class StarStanding { missing, ready, declared };

struct Readiness {
  StarStanding one = StarStanding::missing;
  StarStanding two = StarStanding::missing;
  std::vector<const DeclaringStepText*> missing_one;
  std::vector<const DeclaringStepText*> missing_two;  ///< without those of `missing_one`
  std::map<ScsStanding, std::vector<const ScsCriterion*>> scs;
};
Readiness readiness_of(const DeclaringView& view, const ScsFacts& scs, const compliance::Policy& policy);

/// A company a row, those that are ready but have not declared first, then by what is missing least.
platform::Status readiness_table(const ExportQuestion& question, const std::vector<std::string>& tenants, const RowSink& sink);

}  // namespace gokajo::hub
