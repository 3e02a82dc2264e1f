/// \file
/// What tests of damaged PCs share: how often and with which seed they run, and what may become of a verdict.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "agent/scan.h"
#include "compliance/finding.h"
#include "platform/fault_injector.h"
#include "platform/host.h"

namespace gokajo::tests {

/// GOKAJO_DAMAGES=10000 GOKAJO_SEED=7 repeats a run exactly; tests/faults/damages is that, with ten thousand.
std::uint64_t from_environment(const char* name, std::uint64_t otherwise);

/// GOKAJO_SHARE=2/4: this program does the second fourth of the work, others beside it the rest; without it, all. `index`: of a piece.
bool is_ours(std::uint64_t index);

/// For which reasons an answer is taken away, drawn by the seed: two. In the long form (GOKAJO_DAMAGES) all where `first`, no PC before
/// answered so, else one.
std::vector<platform::Damage> reasons_for(const std::vector<platform::Damage>& all, bool first, const std::string& key, std::uint64_t seed);

struct Verdicts {
  std::map<std::string, compliance::Verdict> checks;
  std::map<std::string, compliance::Verdict> rules;
};

/// Of one scan, in which the same question is asked once; fails the test where there is none.
Verdicts verdicts_of(const platform::Host& host, const agent::ScanInput& input, platform::Time now);

/// When answers are missing nothing new is known: each verdict stays, or nobody can tell any more.
void check_less_is_known(const Verdicts& before, const Verdicts& after);

}  // namespace gokajo::tests
