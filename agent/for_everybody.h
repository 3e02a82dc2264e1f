/// \file
/// What of a finding everybody who uses the PC may read. Whoever sits at it might be the one it helps against, and people are not shown to
/// each other: accounts, folders, addresses, services and settings of a person are not named. What is told of software, updates and
/// antivirus anybody at the PC sees anyway. docs/threat-model.md, "The employee's own page".
#pragma once

#include "compliance/finding.h"
#include "compliance/wording.h"

namespace gokajo::agent {

/// As render(), but a sentence that would name what not everybody may read is a general one, or, of `fix` and `why`, is left out; of `fix`
/// all steps then. `items` is empty. A parameter that nobody has thought of is not shown.
compliance::RenderedFinding for_everybody(const compliance::Finding& finding, const compliance::Wording& wording,
                                          const compliance::Reader& reader);

}  // namespace gokajo::agent
