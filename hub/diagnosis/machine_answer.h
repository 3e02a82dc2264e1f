/// \file
/// What the PCs of a company say of a question of the 自社診断: 実施している, 一部実施している, 実施していない or nothing, with what it
/// rests on. docs/self-check.md argues it. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compliance/finding.h"
#include "hub/diagnosis/sheet.h"

namespace gokajo::hub {

/// `heard`: PCs that are neither silent nor at rest, by the check's verdict. `failing`: all that fail but those nobody uses (休ませる), the
/// silent ones by what they were last found to be.
struct CheckSeen {
  std::map<compliance::Verdict, std::int64_t> heard;
  std::int64_t failing = 0;
};

/// PCs: `registered` are approved, `quiet` of them silent or at rest; `stated`: how many the company says it has. `answers`: those of the
/// company to questions of its rule pack that count now, as verdicts.
struct CompanyFacts {
  std::int64_t registered = 0;
  std::int64_t quiet = 0;
  std::optional<std::int64_t> stated;
  std::map<std::string, CheckSeen> checks;
  std::map<std::string, compliance::Verdict> answers;
};

/// Why PCs say no more than they do.
enum class Shortfall { failing, unmeasured, asking, silent, not_all_registered, outside_open, outside_not, only_part };
BOOST_DESCRIBE_ENUM(Shortfall, failing, unmeasured, asking, silent, not_all_registered, outside_open, outside_not, only_part)

/// One check in figures. `decides`: else it only stands beside.
struct CheckProof {
  std::string check;
  bool decides = false;
  CheckSeen seen;
};

/// `level`: never unsure; none where PCs cannot say. `contradicts`: they show something with which 実施している cannot be true.
struct MachineAnswer {
  std::optional<Level> level;
  bool contradicts = false;
  std::vector<CheckProof> proof;
  std::vector<Shortfall> short_of;
};

/// done: as many PCs as the company has are registered, all are heard, on each every deciding check passes or does not apply, on one at
/// least it passes, and the company's answer about what is outside is good. partly: each deciding check passes on one PC at least, or
/// applies to none. not_done: all are registered and heard, one deciding check fails on every PC and none passes on any.
MachineAnswer machine_answer(const DiagnosisQuestion& question, const CompanyFacts& facts);

}  // namespace gokajo::hub
