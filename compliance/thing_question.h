/// \file
/// What a person is asked about one thing of one PC (a folder, a service): how it is asked, which answers there are, and which checks heed
/// one. Told by the PC (`gokajo answer`) and by the hub's page alike.
#pragma once

#include <string_view>
#include <vector>

#include "compliance/pack.h"

namespace gokajo::compliance {

/// Whether the check's `ask` about a thing is settled by a declaration about that thing. Tests hold this against the checks themselves.
bool heeds_answers(std::string_view check);

/// Whether a question of the pack settles this check's `ask`: then the company is asked, not the PC. nullptr: none does.
const PackQuestion* settling_question(const Pack& pack, std::string_view check);

/// `thing` empty: the PC as a whole. Names are shown as they are.
Text ask_about(std::string_view check, const std::string& thing);

/// yes, no, unsure, with what each means for the verdict.
const std::vector<Choice>& thing_choices();

/// An answer about a thing counts so long where the check has no setting "answer_valid_months".
inline constexpr std::int64_t kThingMonths = 12;

}  // namespace gokajo::compliance
