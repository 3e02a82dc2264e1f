/// \file
/// A finding as it is kept, and what a PC's findings come to as a whole: what pages and mails count by, worked out once when a PC is judged
/// and not with every look at it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compliance/judge.h"
#include "hub/records.h"

namespace gokajo::hub {

/// Found at `now`. `to_do` is now or excepted where a required check fails.
KeptFinding kept_finding(const compliance::JudgedFinding& judged, Time now);

/// Marks what another finding of the same PC asks for, too.
void note_same_deeds(std::vector<KeptFinding>& findings);

/// to_do: something is to be done on the PC. catching_up: nothing but that. open: something is unknown or excepted, or nothing was judged
/// yet. ask: nothing is open but what a person must tell. fine: none of these.
enum class PcState { to_do, catching_up, open, ask, fine };
BOOST_DESCRIBE_ENUM(PcState, to_do, catching_up, open, ask, fine)

/// The state's name; behind "ask" the rules that ask, each after a blank: whether they are settled by a question to the company is seen
/// only by who looks. Another meaning of the same findings needs a step of the schema, for stores count PCs by it.
std::string pc_state(const std::vector<KeptFinding>& findings, const std::map<std::string, compliance::Verdict>& rules);

/// By how much counters move, by their name and verdict (hub/records.h).
using CounterMoves = std::map<std::pair<std::string, std::string>, std::int64_t>;
/// Adds what an approved PC counts for, `by` (+1 or -1) times.
void count_verdicts(const std::vector<KeptFinding>& findings, const std::map<std::string, compliance::Verdict>& rules, int by,
                    CounterMoves& moves);

/// What pc_state() wrote.
struct ReadPcState {
  PcState state = PcState::open;
  std::vector<std::string> asking;
};
ReadPcState read_pc_state(const std::string& text);

}  // namespace gokajo::hub
