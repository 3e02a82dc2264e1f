/// \file
/// Where a company stands with each criterion of SCS ★3: what its PCs show, what a person said, and what follows. Pure. Only what is
/// measured on all PCs by ★3's own numbers, or said by a person and still counts, makes a criterion 適合; a silent PC, one that is not
/// registered, and an old answer never do.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/diagnosis/result.h"
#include "hub/scs3/criteria.h"

namespace gokajo::hub {

/// `other_settings`: checks that were judged by other numbers than ★3's, so that nothing of them counts. `mixed`: the company's PCs are not
/// all judged by the pack it has. `inventory`: it is collected.
struct ScsGround {
  CompanyFacts pcs;
  std::set<std::string> other_settings;
  bool mixed = false;
  bool inventory = true;
};

/// met: all PCs are registered, heard and judged by ★3's numbers, and each check passes or (by a fact that proves it) does not apply on
/// each. failing: one that decides fails on some PC. open: neither.
enum class ScsStanding { met, failing, open };

/// Why PCs do not show it.
enum class ScsGap { no_pcs, no_number, not_registered, silent, mixed, other_settings, unmeasured, asking, needs_failing, no_inventory };

struct ScsPcs {
  ScsStanding standing = ScsStanding::open;
  std::vector<ScsGap> gaps;  ///< open alone
};

/// Of a criterion that rests on PCs.
ScsPcs pcs_of(const ScsCriterion& criterion, const ScsGround& ground);

struct ScsAnswers {
  std::map<std::string, PersonAnswer> counting;
  std::map<std::string, PersonAnswer> ended;
};

/// `pcs`: where it rests on PCs. `verdict`: pass, fail, unknown (PCs do not show their part) or ask (a person must tell).
struct ScsState {
  const ScsCriterion* criterion = nullptr;
  std::optional<ScsPcs> pcs;
  std::optional<PersonAnswer> said;
  std::optional<PersonAnswer> ended;
  compliance::Verdict verdict = compliance::Verdict::ask;
};

/// In the order of the list; `facts` must live as long.
std::vector<ScsState> scs_states(const ScsFacts& facts, const ScsGround& ground, const ScsAnswers& answers);

}  // namespace gokajo::hub
