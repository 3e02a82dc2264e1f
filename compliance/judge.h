/// \file
/// From evidence to verdicts: every check of the pack, then every rule. Pure: the same input gives the same result, on the PC and at the
/// hub.
#pragma once

#include <string>
#include <vector>

#include "compliance/check.h"
#include "compliance/pack.h"
#include "compliance/policy.h"

namespace gokajo::compliance {

struct JudgedFinding {
  Finding finding;
  std::string rule;  ///< rule id, or "extras"
  Role role = Role::advice;
  std::optional<PolicyException> exception;  ///< covers the finding (all its items); the verdict is unchanged
};

struct JudgedRule {
  std::string id;
  std::int64_t number = 0;
  Text name;
  Verdict verdict = Verdict::unknown;
};

struct Judgement {
  std::vector<JudgedRule> rules;
  std::vector<JudgedFinding> findings;  ///< in the pack's order
};

/// `pack` is effective (policy applied), and its tables are what is gone by; `policy` is looked at for exceptions only.
Judgement judge(const Evidence& evidence, const Pack& pack, const Policy& policy, const Memory& memory, Time now);

/// fail, else unknown, else ask, else not_applicable if all are, else pass. Empty: unknown.
Verdict combine_required(const std::vector<Verdict>& verdicts);

/// One of several checks suffices: pass if one passes, else ask, else unknown, else fail; not_applicable if all are.
Verdict combine_alternatives(const std::vector<Verdict>& verdicts);

/// What the next scan shall know: first sights kept while a finding stays, forgotten when it goes; unmeasured findings keep what was known.
Memory remember(const Memory& memory, const Evidence& evidence, const Judgement& judgement, Time now);

/// The memory key of a finding or of one of its items.
std::string finding_key(const Finding& finding, const Parameters* item);

}  // namespace gokajo::compliance
