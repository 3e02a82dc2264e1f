/// \file
/// A finding as it is kept, and what a PC's findings come to as a whole: what pages and mails count by, worked out once when a PC is judged
/// and not with every look at it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/judge.h"
#include "hub/overview.h"
#include "hub/records.h"

namespace gokajo::hub {

/// Found at `now`. `to_do` is now or excepted where a required check fails.
KeptFinding kept_finding(const compliance::JudgedFinding& judged, Time now);

/// Whether a row of findings is as it was.
bool same_but_form(const KeptFinding& a, const KeptFinding& b);

/// Marks what another finding of the same PC asks for, too.
void note_same_deeds(std::vector<KeptFinding>& findings);

/// to_do: something is to be done on the PC. catching_up: nothing but that. open: something is unknown or excepted, or nothing was judged
/// yet. ask: nothing is open but what a person must tell. fine: none of these.
enum class PcState { to_do, catching_up, open, ask, fine };
BOOST_DESCRIBE_ENUM(PcState, to_do, catching_up, open, ask, fine)

/// The state's name; behind "ask" the rules that ask, each after a blank: whether they are settled by a question to the company is seen
/// only by who looks. Another meaning of the same findings needs a step of the schema, for stores count PCs by it.
std::string pc_state(const std::vector<KeptFinding>& findings, const std::map<std::string, compliance::Verdict>& rules);

/// What stands in a PC's row of its rules: " antivirus=pass updates=fail ", each between blanks; empty where nothing was judged.
std::string verdicts_text(const std::map<std::string, compliance::Verdict>& rules);

/// Adds what verdicts_text() wrote of this PC. False where it is something else.
bool read_verdicts(const std::string& device, std::string_view text, std::vector<DeviceRule>& rules);

/// What PCs are listed by: 0 where a rule fails, else 1 where one is unknown or nothing was judged, else 2 where one asks, else 3. The
/// column `worst` (hub/data/schema.sql, step 6), and with GOKAJO_WORST_COUNTER a counter's name and verdict.
int worst_of(const std::map<std::string, compliance::Verdict>& rules);
#define GOKAJO_WORST_COUNTER "worst/"

/// By how much counters move, by their name and verdict (hub/records.h).
using CounterMoves = std::map<std::pair<std::string, std::string>, std::int64_t>;
/// Adds what an approved PC counts for, `by` (+1 or -1) times. `silent`: it is put down as that.
void count_verdicts(const std::vector<KeptFinding>& findings, const std::map<std::string, compliance::Verdict>& rules, bool silent, int by,
                    CounterMoves& moves);

/// Adds PCs of a cause, `what` as in its counter's name behind GOKAJO_CAUSE_COUNTER, to causes that are ordered by check and situation.
void add_cause(const std::string& what, const std::string& rule, std::int64_t pcs, std::vector<Cause>& causes);

/// What pc_state() wrote.
struct ReadPcState {
  PcState state = PcState::open;
  std::vector<std::string> asking;
};
ReadPcState read_pc_state(const std::string& text);

}  // namespace gokajo::hub
