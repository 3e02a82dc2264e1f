/// \file
/// The hub's own verdict on what a PC sent: its own pack and policy, its own declarations, its own clock. Pure: the same input gives the
/// same result.
///
/// What a PC's clock says cannot make a fact fresh. A fact counts as observed when it was received, at the latest. Where the PC's clock ran
/// more than a day ahead, everything is judged by the hub's clock and by the PC's, and passes only where both say so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compliance/judge.h"
#include "hub/records.h"
#include "platform/json_form.h"

namespace gokajo::hub {

/// A PC's clock that is ahead of the hub's by more than this is marked.
inline constexpr std::chrono::hours kClockTolerance{24};

/// `pack` is the company's, effective now. `memory`: what this hub knew of the PC before. `behind`: a newer report is here but cannot be
/// read yet, so that nothing passes. `content`: as it came; it is used up.
struct JudgingInput {
  const compliance::Pack& pack;
  const Company& company;
  const std::vector<KeptDeclaration>& declarations;
  std::string device;
  compliance::Memory memory;
  bool behind = false;
  platform::Json content;
  Time scanned_at{};
  Time received_at{};
};

/// `memory_text`: how the store is to keep `memory`; none where it is what the store has (hub/review.h).
struct HubJudgement {
  std::vector<KeptFinding> findings;
  std::map<std::string, compliance::Verdict> rules;
  compliance::Memory memory;
  std::optional<std::string> memory_text;
  std::int64_t clock_ahead_s = 0;
  Machine machine;
};

/// Error{malformed}: the content cannot be read; its place.
platform::Result<HubJudgement> judge_again(JudgingInput input, Time now);

/// What counts of a PC's own answers and the hub's: for one question the newest statement of either, and a withdrawal is a statement too.
std::vector<compliance::Declaration> merged_declarations(const std::vector<compliance::Declaration>& of_pc,
                                                         const std::vector<KeptDeclaration>& of_hub, const std::string& device);

/// What the PC says it knew, and what the hub knows: first sights are the earlier of both, so that a PC that forgot cannot start its days
/// anew.
compliance::Memory merged_memory(compliance::Memory of_pc, const compliance::Memory& of_hub);

}  // namespace gokajo::hub
