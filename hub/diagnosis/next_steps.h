/// \file
/// What to do next for the most points of a 自社診断. Pure.
#pragma once

#include <vector>

#include "hub/diagnosis/result.h"

namespace gokajo::hub {

/// answer: nobody answered these. agree: PCs show more than the person said. tell_outside: PCs show all they can; the company has not said
/// how it is outside of them. register_all, hear_all: they would, were all PCs registered, or heard. fix: PCs fail. find_out: the person
/// did not know. do_it: the person says that it is not done, or in part. In this order a step takes more work.
enum class StepKind { answer, agree, tell_outside, register_all, hear_all, fix, find_out, do_it };
BOOST_DESCRIBE_ENUM(StepKind, answer, agree, tell_outside, register_all, hear_all, fix, find_out, do_it)

/// `questions`: one, but for `answer`. `points`: the most it may bring. `failing`: checks that fail on some PC, the one with the most PCs
/// first (fix only).
struct NextStep {
  StepKind kind = StepKind::do_it;
  std::vector<const DiagnosisQuestion*> questions;
  std::int64_t points = 0;
  std::vector<CheckProof> failing;
};

/// The most points first, then what takes less work, then by number. All of them together bring every point that is missing.
std::vector<NextStep> next_steps(const DiagnosisSheet& sheet, const DiagnosisResult& result);

}  // namespace gokajo::hub
