/// \file
/// What a weekly mail tells an owner, before it is put into words. Made from the store (hub/mail/weekly_from_store.h); the words are
/// those of people.md section 2.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/finding.h"
#include "hub/declaring/reminder.h"
#include "platform/time.h"

namespace gokajo::hub {

/// One thing to do, on one PC or on several with the same cause. `labels` as people gave them ("PC-11 受付"), the most urgent first; none:
/// the company itself, by an answer of its own (`check` is then "question." and the question's id).
/// `minutes`: how long the fix takes, only where the data has a source for it. `devices`: the ids of the PCs, as `labels`.
struct Todo {
  std::vector<std::string> labels;
  std::string rule;
  std::string check;
  std::string situation;
  compliance::Parameters parameters;
  std::vector<std::string> systems;  ///< "windows", "debian" …, most exact first
  std::optional<int> minutes;
  std::vector<std::string> devices;
  int more = 0;  ///< PCs beyond those named
  int pcs() const { return static_cast<int>(labels.size()) + more; }
};

/// A PC that has not reported for longer than it may (people.md section 4).
struct SilentPc {
  std::string label;
  platform::Time last_contact{};
  std::optional<int> minutes;
  std::string device;
};

/// A PC of which somebody said that nobody uses it (休ませる). `until`: within the last day of it.
struct RestingPc {
  std::string label;
  platform::Time until{};
  std::string device;
};

/// PCs by what the rule says of them; a silent PC counts as silent only. `pass`: those it does not apply to are among them. `other`: not
/// measurable (`unknown`), waiting for an answer (`ask`), or at rest (`resting`).
struct RuleCount {
  std::string rule;
  int number = 0;
  int pass = 0;
  int fail = 0;
  int other = 0;
  int silent = 0;
  int unknown = 0;
  int ask = 0;
  int resting = 0;
  int not_applicable = 0;
};

/// Rule `threats` counts people.
struct Readers {
  int read = 0;
  int all = 0;
};

/// What became better since the mail before.
struct Solved {
  std::string label;
  std::string rule;
  std::string device;
};

/// A grave change that came and went while the hub could tell nobody. `lost`, `back`: when protection went and came back.
struct MissedChange {
  std::string label;
  std::string rule;
  platform::Time lost{};
  std::optional<platform::Time> back;
};

/// The hub did not run when the mail was due.
struct Outage {
  platform::Time from{};
  platform::Time until{};
  platform::Time all_in{};                           ///< when the last report of that time had come in
  std::optional<int> reports;                        ///< that the PCs had kept, where that is known
  std::optional<int> lost;                           ///< that the PCs counted as discarded
  std::optional<std::vector<MissedChange>> changes;  ///< where they are known
  std::vector<std::string> missing;                  ///< labels of PCs that have not been heard of since
  platform::Time tell_by{};                          ///< when they will be told of as silent
  bool slept = true;                                 ///< the machine was asleep, not off or broken
};

/// Of the first mail.
struct First {
  std::string confirmation;  ///< four digits
  std::string installer;
  std::optional<platform::Time> briefing_until;  ///< until when reading is still to come
};

/// The newest evidence pack (docs/evidence-pack.md). `head`: its check number, which this mail dates.
struct RecordFile {
  std::int64_t number = 0;
  std::string head;
  platform::Time made{};
};

/// Public feeds (hub/feeds/reading.h) that are read and whose copy is old. `days`: since the oldest was good; none: one never was. `why`:
/// the kind of what went wrong with that one.
struct OldNews {
  int feeds = 0;
  std::optional<int> days;
  std::string why;
};

/// Everything one mail says.
struct Weekly {
  std::string company;
  std::string owner;   ///< family name, without 様
  std::string person;  ///< person in charge, without さん; empty: none is named
  int offset_minutes = platform::kJapanOffset;
  platform::Time counted_at{};
  platform::Time next{};
  std::optional<int> stated;  ///< how many PCs the company says it has
  int registered = 0;
  int fail = 0;             ///< PCs, none of them silent
  int other = 0;            ///< PCs that need nothing done but hold something unknown or asked
  std::vector<Todo> todos;  ///< most urgent first
  std::vector<SilentPc> silent;
  int more_silent = 0;  ///< beyond those named
  int silent_pcs() const { return static_cast<int>(silent.size()) + more_silent; }
  std::vector<RestingPc> resting;        ///< those that are in use all the same and need action left out
  std::vector<std::string> catching_up;  ///< labels of PCs that need nothing else (hub/catching_up.h)
  std::vector<std::string> catching_up_devices;
  int more_catching_up = 0;  ///< beyond those named
  int catching_up_pcs() const { return static_cast<int>(catching_up.size()) + more_catching_up; }
  std::vector<std::string> questions;  ///< ids, unanswered
  std::optional<int> question_minutes;
  std::optional<platform::Time> answered_at;  ///< the oldest answer that still counts
  std::vector<RuleCount> rules;
  std::optional<Readers> readers;
  std::vector<std::string> newly;  ///< labels of PCs that needed nothing the week before
  std::vector<std::string> newly_devices;
  std::vector<Solved> solved;
  std::string confirmation;  ///< four digits, in every mail until they were typed in; empty: they were
  std::string link;          ///< a page that verifies (hub/mail/public_link.h); empty: none. The first mail shows none
  std::optional<OldNews> old_news;
  std::optional<int> rejudged_later;         ///< PCs are judged again just now, and so many are left (hub/rejudging.h): none is fine
  int proposals = 0;                         ///< briefings of the company's own that wait for somebody to approve them
  std::vector<DeclaringReminder> declaring;  ///< days of SECURITY ACTION; the first mail tells of none
  std::optional<First> first;
  std::optional<Outage> outage;
  std::optional<RecordFile> record;
};

/// No PC is judged again just now, nothing to do or being done, nobody silent or at rest, no question, and as many PCs as the company has:
/// only then the mail says so.
bool all_fine(const Weekly& week);

/// How many things there are to do for the company itself.
int company_todos(const Weekly& week);

}  // namespace gokajo::hub
