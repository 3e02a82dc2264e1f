/// \file
/// What the hub keeps, as plain values. Every row belongs to one company (`tenant`), which leads every key.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compliance/evidence/declaration.h"
#include "compliance/finding.h"
#include "compliance/policy.h"
#include "protocol/device_key.h"
#include "protocol/signed_request.h"

namespace gokajo::hub {

using platform::Time;

/// `id`: short, of a-z 0-9 and -, chosen once. `stated_devices`: how many PCs the company says it has (申告台数). `closed_days`: calendar
/// days on which nobody works (休業日), as "2026-12-29". `responsible`: who answers for what is collected (責任者); `staff_told`: when
/// somebody said that the employees know (従業員に知らせました). Codes need both. `schedule`: for the agents (protocol/settings.h).
/// `confirmed`: when the owner's mail was known to arrive at this address (hub/owner_confirmation.h).
struct Company {
  std::string id;
  std::string name;
  std::string pack = "5kajo";
  compliance::Policy policy{compliance::kPolicyFormat, {}, {}, {}, {}};
  std::int64_t offset_minutes = platform::kJapanOffset;
  std::optional<std::int64_t> stated_devices;
  std::vector<std::string> closed_days;
  std::string responsible;
  std::optional<Time> staff_told;
  std::string owner_name;
  std::string owner_mail;
  std::string person_in_charge;
  std::string schedule = "daily";
  Time created{};
  std::optional<Time> confirmed;
};

/// one_time: for one PC, which counts at once. install_day (設置日コード): for many, each of which a person approves.
enum class CodeKind { one_time, install_day };
BOOST_DESCRIBE_ENUM(CodeKind, one_time, install_day)

/// Known by its hash (hub/code_hash.h); the code itself is printed once and kept nowhere. `number` names it to people.
struct Code {
  std::string tenant;
  std::int64_t number = 0;
  std::string hash;
  CodeKind kind = CodeKind::one_time;
  std::int64_t uses_left = 1;
  Time created{};
  Time valid_until{};
  std::optional<Time> revoked;
};

/// approved: counts. waiting: its reports are kept but count for nothing. removed: refused until it enrols again.
enum class Standing { waiting, approved, removed };
BOOST_DESCRIBE_ENUM(Standing, waiting, approved, removed)

/// What the asset ledger (資産台帳) says of a PC, as its current report tells it; empty and 0 where it tells nothing.
struct Machine {
  std::string system;
  std::string vendor;
  std::string model;
  std::int64_t memory_mib = 0;
  bool operator==(const Machine&) const = default;
};

/// `epoch`: the highest it was ever given. `current`: the report its state rests on; `latest`: the newest that was stored. Where latest is
/// newer, that one could not be read yet (its base is missing); where it enrolled anew, nothing came since. Nothing of the device passes
/// then. `code_hash`: the code of its last enrolment. `last_receipt`: of a report that was the newest then. `clock_ahead_s`: by how much
/// its clock ran ahead of the hub's in the current report, where that is more than a day. `discarded`: how many reports the PC dropped in
/// this epoch before the hub had them, by its own count. `resting_since`, `resting_until`: a person said then that nobody uses it
/// (休ませる), up to the end of a day they named; both or neither. `silent_at`: when it was put down as silent
/// (OverviewStore::mark_silent()); read only, for put_device() ends it where anything it rests on becomes another.
struct Device {
  std::string tenant;
  std::string id;
  protocol::PublicKey key{};
  std::string label;
  std::string host_name;
  std::string agent_version;
  Standing standing = Standing::waiting;
  std::int64_t epoch = 1;
  protocol::Position current;
  protocol::Position latest;
  std::string code_hash;
  std::int64_t clock_ahead_s = 0;
  std::int64_t discarded = 0;
  Time enrolled{};
  std::optional<Time> last_receipt;
  std::optional<Time> last_scanned;
  std::optional<Time> scan_wanted;
  std::optional<Time> resting_since;
  std::optional<Time> resting_until;
  Machine machine;
  std::optional<Time> silent_at;
  bool behind() const { return latest > current || current.epoch < epoch; }
  /// What people call it, else its host name.
  const std::string& shown_name() const { return label.empty() ? host_name : label; }
};

/// A report as it came. `body`: the bytes that travelled. `scanned_at`: by the PC's clock, which may be wrong; `discarded`: as in Device,
/// said by this report. Both are absent in rows of an older hub.
struct StoredReport {
  std::string tenant;
  std::string device;
  protocol::Position position;
  std::string body_sha256;
  std::string body;
  Time stored_at{};
  std::optional<Time> scanned_at;
  std::optional<std::int64_t> discarded;
};

/// A report without its body.
struct ReportMark {
  protocol::Position position;
  Time stored_at{};
  std::optional<Time> scanned_at;
  std::optional<std::int64_t> discarded;
};

/// A content (protocol/content.h) as it is kept, with the position and times it came with: bytes of its own, or those of the report that
/// brought it in full (`in_report`). hub/kept_content.h reads them.
struct KeptContent {
  protocol::Position position;
  std::string body;
  bool in_report = false;
  Time scanned_at{};
  Time received_at{};
};

/// What a finding asks people for. none: no required check that fails. now: something is to be done. catching_up: 対応中 behind days off
/// (hub/catching_up.h). excepted: an exception covers it. beside: another finding of the PC asks for the same deed (hub/same_deed.h).
enum class ToDo { none, now, catching_up, excepted, beside };
BOOST_DESCRIBE_ENUM(ToDo, none, now, catching_up, excepted, beside)

/// The hub's own verdict. `since`: when the hub first came to it without a break. `form`: the finding as JSON (compliance/finding_form.h),
/// of which `situation` and `late_since` (its parameter "since", where that is a date) are kept apart, so that many are counted without
/// reading each. hub/kept_finding.h makes one.
struct KeptFinding {
  std::string check;
  std::string rule;
  bool required = false;
  compliance::Verdict verdict = compliance::Verdict::unknown;
  Time since{};
  std::string form;
  ToDo to_do = ToDo::none;
  std::string situation;
  std::optional<Time> late_since;
};

/// What became another, for the weekly mail. `kind`: "check", "rule" or "device"; `subject`: its id; `before` empty: it is new. `at`: by
/// the hub's clock. `seen_at`: when the scan that showed it was made, by the PC's clock; none where no report brought the change.
struct Change {
  std::string tenant;
  Time at{};
  std::string device;
  std::string kind;
  std::string subject;
  std::string before;
  std::string after;
  std::optional<Time> seen_at;
};

/// `device` empty: about the company. `withdrawn`: taken back, and kept so that a PC's copy of it no longer counts.
struct KeptDeclaration {
  std::string device;
  compliance::Declaration declaration;
  std::optional<Time> withdrawn;
};

/// Who is silent is reckoned by these.
inline bool other_calendar(const Company& before, const Company& after) {
  return before.offset_minutes != after.offset_minutes || before.closed_days != after.closed_days;
}
inline constexpr Time kSinceEver{std::chrono::seconds{std::numeric_limits<std::int64_t>::min()}};

/// Whether a PC that was put down as silent still is after this change of its row.
inline bool keeps_mark(const Device& before, const Device& after) {
  return before.standing == after.standing && before.enrolled == after.enrolled && before.last_receipt == after.last_receipt &&
         before.resting_since == after.resting_since && before.resting_until == after.resting_until;
}

/// In Japan, in days since 1970; what PCs are ordered by is told in days.
inline std::int64_t heard_day_of(Time heard) {
  return std::chrono::floor<platform::Days>(heard + std::chrono::minutes{platform::kJapanOffset}).time_since_epoch().count();
}

/// Names of counters beside those below: PCs by pc_state() (hub/kept_finding.h); by what a check, whose id follows, says of them; and by
/// what is to be done (ToDo::now), the check's id, '/' and the situation, where the rule stands instead of a verdict.
#define GOKAJO_STATE_COUNTER "state/"
#define GOKAJO_CHECK_COUNTER "check/"
#define GOKAJO_CAUSE_COUNTER "cause/"
/// Before the names of what an approved PC counts for while it is put down as silent: nothing but that.
#define GOKAJO_SILENT_COUNTER "silent/"

/// Devices by rule and verdict; "device" has the standings, silent or not.
using Counters = std::map<std::string, std::map<std::string, std::int64_t>>;

}  // namespace gokajo::hub
