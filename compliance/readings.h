/// \file
/// Judging by who understood which briefings: shared by the checks of the topic "threats".
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

/// Which of a person's records count.
enum class ReadingKind { briefing, drill };

/// Situations: "read" (everybody, within `max_days`), "coming-up" (somebody has never, and is known to this check for `grace_days` at
/// most), "overdue", "nobody-signs-in"; parameters `count` of `people`, an item for each person who has yet to. A record without a right
/// answer, or of a moment to come, is none.
Finding judge_readings(ReadingKind kind, const char* check, const Evidence& evidence, const Settings& settings, const Memory& memory,
                       Time now);

}  // namespace gokajo::compliance
