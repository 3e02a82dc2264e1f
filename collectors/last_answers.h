/// \file
/// Which questions the PC's last answer may stand in for when it gives none in time (platform/last_answers.h), and what must still be so.
#pragma once

#include <optional>
#include <vector>

#include "platform/question.h"

namespace gokajo::collectors {

/// Asked of Windows itself, at once: they must be answered as they were when the earlier answer was given. nullopt: no earlier answer to
/// this question says anything of today.
std::optional<std::vector<platform::Question>> witnesses_of(const platform::Question& question);

}  // namespace gokajo::collectors
