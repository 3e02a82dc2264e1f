/// \file
/// The judged finding out of what is kept of it (KeptFinding::form, which kept_finding() wrote).
#pragma once

#include <optional>

#include "compliance/judge.h"
#include "hub/records.h"

namespace gokajo::hub {

/// nullopt: a finding without its form, or what this program does not read. Pure; any thread.
std::optional<compliance::JudgedFinding> read_finding(const KeptFinding& kept);

}  // namespace gokajo::hub
