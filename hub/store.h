/// \file
/// Where the hub keeps everything. Its bodies are one SQLite file (sqlite_store.h) and PostgreSQL (postgres/open.h), which several hubs may
/// share; hub/open_store.h opens either.
///
/// One writer: a Store belongs to one thread at a time, and a transaction that writes waits for those of others. Whatever is written stands
/// between begin() and commit(), and is durable (on the disk, through power loss) when commit() says so (but see Durable): only then may
/// anybody be told. Errors: failed (disk full, I/O error, damaged), timed_out (another program writes for too long), not_found where a row
/// must be there. After a failed call inside a transaction, roll back.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hub/briefing_store.h"
#include "hub/erasure_store.h"
#include "hub/overview_store.h"
#include "hub/people_store.h"
#include "hub/records.h"
#include "hub/telling_store.h"
#include "platform/result.h"

namespace gokajo::hub {

/// What was committed to the store's file, told apart: grows with every transaction of this Store, and moves with every one of another
/// (a second Store, another program) but those that begin_reports() let in beside others.
struct StoreVersion {
  std::int64_t own = 0;
  std::int64_t others = 0;
  bool operator==(const StoreVersion&) const = default;
};

/// A report that came: what it says of itself.
struct Awaited {
  std::string device;
  protocol::Position position;
};

/// What commit() waits for. `later`: not for the disk. Power loss (PostgreSQL: a lost server) may undo that transaction, whole, with all
/// behind it, until one that waits was committed: for work that is begun anew from what stands in the store, and that nobody is told of
/// as done. Sources: SQLite, pragma synchronous (NORMAL); PostgreSQL, synchronous_commit (off).
enum class Durable { now, later };

class Store : public PeopleStore, public OverviewStore, public TellingStore, public ErasureStore, public BriefingStore {
 public:
  virtual platform::Status begin() = 0;
  /// For reports of these devices, or judging them again, and nothing else. A body with several writers lets those of other devices in
  /// beside it, and keeps those of the same waiting; what a company's devices are judged by stays as it is meanwhile. Rows may be gathered:
  /// a call that wrote says at the latest with written() or commit() that it could not.
  virtual platform::Status begin_reports(std::span<const Awaited> reports, Durable durable = Durable::now) = 0;
  virtual platform::Status written() { return platform::Done{}; }
  /// Whether another hub may store a report while begin_reports() is none of this one's. It moves its device's row with it.
  virtual bool reports_beside() const { return false; }
  /// What will be asked for next: a body that is far away fetches it in one go. Good until the transaction ends, or the next.
  virtual void expect(std::span<const Awaited>) {}
  /// For reading only: everything until commit() or rollback() is of one moment, and nobody waits for it.
  virtual platform::Status begin_reading() = 0;
  virtual platform::Status commit() = 0;  ///< ends the transaction whatever it says: after an Error nothing is open
  virtual void rollback() = 0;
  /// Whether this Store does what only one of several hubs may do ("chores"): it does from the first time until its connection ends.
  virtual platform::Result<bool> leads(const std::string&) { return true; }
  /// Of what the open transaction began with.
  virtual platform::Result<StoreVersion> version() = 0;

  // Companies. put_company() adds or replaces; every change of one moves its `generation`.
  virtual platform::Result<std::vector<Company>> companies() = 0;
  virtual platform::Result<Company> company(const std::string& tenant) = 0;
  virtual platform::Status put_company(const Company& company) = 0;
  /// Grows with every change of what the company's devices are judged by (pack, policy, declarations) or told.
  virtual platform::Result<std::int64_t> generation(const std::string& tenant) = 0;

  // Codes. add_code() gives the number.
  virtual platform::Result<std::int64_t> add_code(const Code& code) = 0;
  virtual platform::Result<std::vector<Code>> codes(const std::string& tenant) = 0;
  virtual platform::Result<Code> code_by_hash(const std::string& hash) = 0;
  virtual platform::Status use_code(const Code& code) = 0;
  virtual platform::Status revoke_code(const std::string& tenant, std::int64_t number, Time now) = 0;

  // Devices. A key stands in at most one company unless removed; device_by_id() finds that one, else the newest removed.
  virtual platform::Result<Device> device_by_id(const std::string& id) = 0;
  virtual platform::Result<std::vector<Device>> devices(const std::string& tenant) = 0;
  virtual platform::Result<std::int64_t> highest_epoch(const std::string& id) = 0;
  /// Adds or replaces; counters follow the standing.
  virtual platform::Status put_device(const Device& device) = 0;

  // Reports.
  virtual platform::Result<StoredReport> report(const std::string& tenant, const std::string& device, protocol::Position position) = 0;
  virtual platform::Status add_report(const StoredReport& report) = 0;
  /// A device's reports stored in [from, until), in the order of their positions.
  virtual platform::Result<std::vector<ReportMark>> report_marks(const std::string& tenant, const std::string& device, Time from,
                                                                 Time until) = 0;

  // What the current state rests on. `full`: the last content that was sent in full, the base of later differences; it is the current one
  // too, until another is put. A full one is kept as its report, which must be stored before and stays as long as anything rests on it.
  enum class Which { current, full };
  virtual platform::Result<KeptContent> content(const std::string& tenant, const std::string& device, Which which) = 0;
  /// Of those of `devices` that have one, by device; a body that is far away fetches them in one go.
  virtual platform::Result<std::map<std::string, KeptContent>> contents(const std::string& tenant, const std::vector<std::string>& devices,
                                                                        Which which) = 0;
  virtual platform::Status put_full_content(const StoredReport& report, Time scanned_at) = 0;
  /// One that was made (keep_content()) of the full one and a report with differences, which is stored already.
  virtual platform::Status put_content(const std::string& tenant, const std::string& device, const KeptContent& content) = 0;
  virtual platform::Result<std::string> memory(const std::string& tenant, const std::string& device) = 0;
  virtual platform::Status put_memory(const std::string& tenant, const std::string& device, const std::string& memory) = 0;

  // Verdicts. set_verdicts() replaces a device's, keeps `since` where a verdict stays, logs what changed and keeps the counters. `seen_at`:
  // see Change.
  virtual platform::Result<std::vector<KeptFinding>> findings(const std::string& tenant, const std::string& device) = 0;
  virtual platform::Result<std::map<std::string, compliance::Verdict>> rules(const std::string& tenant, const std::string& device) = 0;
  virtual platform::Status set_verdicts(const Device& device, std::vector<KeptFinding> findings,
                                        const std::map<std::string, compliance::Verdict>& rules, Time now, std::optional<Time> seen_at) = 0;
  /// What `from` was found to be holds for `to` until something else is found: findings where `to` has none, else the earlier `since` where
  /// both say the same.
  virtual platform::Status inherit_findings(const std::string& tenant, const std::string& from, const std::string& to) = 0;
  /// Of rules without those PCs that are marked as silent (OverviewStore::mark_silent()); and of these alone, without standings.
  virtual platform::Result<Counters> counters(const std::string& tenant) = 0;
  virtual platform::Result<Counters> silent_counters(const std::string& tenant) = 0;
  virtual platform::Status add_change(const Change& change) = 0;
  virtual platform::Result<std::vector<Change>> changes(const std::string& tenant, Time since) = 0;
  /// Of rules: all of those unmarked PCs with the `newest` newest to "fail" and as many from it, oldest first; fewer of a turn: no more.
  virtual platform::Result<std::vector<Change>> rule_changes(const std::string& tenant, Time since, std::int64_t newest) = 0;

  // Declarations: one for each (device, question, about); a later replaces it.
  virtual platform::Result<std::vector<KeptDeclaration>> declarations(const std::string& tenant) = 0;
  virtual platform::Status put_declaration(const std::string& tenant, const KeptDeclaration& declaration) = 0;

  /// Removes raw reports from before `reports` (not those a device's state rests on; of a removed one all, plans and answers too),
  /// changes from before `changes`, codes that ended before `ended`. At most `limit` rows of each; says how many rows went.
  virtual platform::Result<std::int64_t> forget_before(Time reports, Time changes, Time ended, std::int64_t limit) = 0;
};

}  // namespace gokajo::hub
