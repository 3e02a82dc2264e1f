/// \file
/// The SQLite store's class, for its own .cpp files; everybody else knows hub/store.h.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/database.h"
#include "hub/evidence_store.h"
#include "hub/kept_finding.h"
#include "hub/rejudging_store.h"
#include "hub/store.h"

namespace gokajo::hub {

using platform::Result, platform::Status;

class SqliteStore : public Store, public EvidenceStore, public RejudgingStore {
 public:
  explicit SqliteStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Status begin() override;
  Status begin_reports(std::span<const Awaited> reports, Durable durable) override;
  Status begin_reading() override;
  Status commit() override;
  void rollback() override;
  Result<StoreVersion> version() override;

  Result<std::vector<Company>> companies() override;
  Result<Company> company(const std::string& tenant) override;
  Status put_company(const Company& company) override;
  Result<std::int64_t> generation(const std::string& tenant) override;

  Result<std::int64_t> add_code(const Code& code) override;
  Result<std::vector<Code>> codes(const std::string& tenant) override;
  Result<Code> code_by_hash(const std::string& hash) override;
  Status use_code(const Code& code) override;
  Status revoke_code(const std::string& tenant, std::int64_t number, Time now) override;

  Result<Device> device_by_id(const std::string& id) override;
  Result<std::vector<Device>> devices(const std::string& tenant) override;
  Result<std::int64_t> highest_epoch(const std::string& id) override;
  Status put_device(const Device& device) override;

  Result<StoredReport> report(const std::string& tenant, const std::string& device, protocol::Position position) override;
  Status add_report(const StoredReport& report) override;
  Result<std::vector<ReportMark>> report_marks(const std::string& tenant, const std::string& device, Time from, Time until) override;

  Result<KeptContent> content(const std::string& tenant, const std::string& device, Which which) override;
  Result<std::map<std::string, KeptContent>> contents(const std::string& tenant, const std::vector<std::string>& devices,
                                                      Which which) override;
  Status put_full_content(const StoredReport& report, Time scanned_at) override;
  Status put_content(const std::string& tenant, const std::string& device, const KeptContent& content) override;
  Result<std::string> memory(const std::string& tenant, const std::string& device) override;
  Status put_memory(const std::string& tenant, const std::string& device, const std::string& memory) override;

  Result<std::vector<KeptFinding>> findings(const std::string& tenant, const std::string& device) override;
  Result<std::map<std::string, compliance::Verdict>> rules(const std::string& tenant, const std::string& device) override;
  Status set_verdicts(const Device& device, std::vector<KeptFinding> findings, const std::map<std::string, compliance::Verdict>& rules,
                      Time now, std::optional<Time> seen_at) override;
  Status inherit_findings(const std::string& tenant, const std::string& from, const std::string& to) override;
  Result<Counters> counters(const std::string& tenant) override;
  Result<Counters> silent_counters(const std::string& tenant) override;
  Status add_change(const Change& change) override;
  Result<std::vector<Change>> changes(const std::string& tenant, Time since) override;
  Result<std::vector<Change>> rule_changes(const std::string& tenant, Time since, std::int64_t newest) override;

  Result<std::vector<KeptDeclaration>> declarations(const std::string& tenant) override;
  Status put_declaration(const std::string& tenant, const KeptDeclaration& declaration) override;

  Result<bool> has_people() override;
  Result<Person> person(const std::string& id) override;
  Result<Person> person_by_mail(const std::string& mail) override;
  Status put_person(const Person& person) override;
  Status remove_person(const std::string& id) override;
  Result<std::vector<Membership>> memberships_of(const std::string& person) override;
  Result<std::vector<Membership>> members(const std::string& tenant) override;
  Status put_membership(const Membership& membership) override;
  Status remove_membership(const std::string& tenant, const std::string& person) override;
  Result<SignIn> sign_in(const std::string& hash) override;
  Result<std::vector<SignIn>> sign_ins(const std::string& person) override;
  Status put_sign_in(const SignIn& sign_in) override;
  Status remove_sign_in(const std::string& hash) override;
  Status remove_sign_ins(const std::string& person, const std::string& but) override;
  Status add_key(const PersonKey& key) override;
  Result<PersonKey> key(const std::string& hash, Time now) override;
  Status remove_key(const std::string& hash) override;
  Status remove_keys(const std::string& person) override;
  Status add_deed(const Deed& deed) override;
  Result<std::int64_t> forget_people(Time now, Time deeds, std::int64_t limit) override;

  Status mark_silent(const std::string& tenant, const std::vector<std::string>& devices, Time now) override;
  Status end_marks(const std::string& tenant, Time since) override;
  Result<std::vector<NamedDevice>> marked_silent(const std::string& tenant) override;
  Result<std::vector<Device>> quiet_devices(const std::string& tenant, Time unheard_before, Time now) override;
  Result<std::int64_t> count_devices(const std::string& tenant, const DeviceFilter& filter) override;
  Result<std::vector<ListedDevice>> page_devices(const std::string& tenant, const DeviceFilter& filter, DeviceOrder order,
                                                 std::int64_t offset, std::int64_t limit) override;
  Result<std::vector<MatchedDevice>> matching(const std::string& tenant, const std::string& text, const std::optional<std::string>& group,
                                              std::int64_t limit) override;
  Result<std::vector<MatchCount>> count_matching(const std::string& tenant, const std::string& text,
                                                 const std::optional<std::string>& group) override;
  Result<std::vector<JudgedDevice>> devices_behind(const std::string& tenant, const Device* last, std::int64_t limit) override;
  Result<std::vector<DeviceRule>> rules_of(const std::string& tenant, const std::vector<std::string>& devices) override;
  Result<std::vector<NamedDevice>> names_of(const std::string& tenant, const std::vector<std::string>& devices) override;
  Result<std::map<std::string, std::int64_t>> state_counts(const std::string& tenant) override;
  Result<std::vector<std::string>> states_of(const std::string& tenant, const std::vector<std::string>& devices) override;
  Result<std::vector<NamedDevice>> catching_up(const std::string& tenant, const std::vector<std::string>& but, bool alone,
                                               std::int64_t limit) override;
  Result<std::vector<Cause>> causes(const std::string& tenant, const std::vector<std::string>& but) override;
  Result<std::vector<DeviceFinding>> findings_of_cause(const std::string& tenant, const std::string& check, const std::string& situation,
                                                       const std::vector<std::string>& but, std::int64_t limit,
                                                       std::int64_t forms) override;
  Result<std::vector<DeviceFinding>> findings_of_check(const std::string& tenant, const std::string& check, compliance::Verdict verdict,
                                                       std::int64_t offset, std::int64_t limit) override;
  Result<CheckCounts> check_counts(const std::string& tenant) override;
  Result<CheckCounts> silent_check_counts(const std::string& tenant) override;
  Result<CheckCounts> check_counts_of(const std::string& tenant, const std::vector<std::string>& devices,
                                      const std::string& check) override;
  Result<std::vector<Change>> changes_of(const std::string& tenant, const std::string& device, std::int64_t limit) override;
  Result<std::vector<std::pair<std::string, std::int64_t>>> groups(const std::string& tenant) override;
  Result<std::string> group(const std::string& tenant, const std::string& device) override;
  Status set_group(const std::string& tenant, const std::string& device, const std::string& group) override;
  Result<std::vector<Plan>> plans(const std::string& tenant, const std::string& device) override;
  Status put_plan(const std::string& tenant, const Plan& plan) override;
  Status remove_plan(const std::string& tenant, const std::string& device, const std::string& check) override;
  Result<std::vector<DailyCount>> daily_counts(const std::string& tenant, Time since) override;
  Status put_daily_count(const std::string& tenant, const DailyCount& count) override;
  Result<std::int64_t> forget_daily_counts(Time before, std::int64_t limit) override;
  Result<Comment> comment(const std::string& tenant) override;
  Status put_comment(const std::string& tenant, const Comment& comment) override;
  Result<CompanySheet> sheet(const std::string& tenant) override;
  Status put_sheet(const CompanySheet& sheet) override;
  Result<std::vector<std::string>> devices_asking(const std::string& tenant, const std::string& check, std::size_t limit) override;
  Result<std::vector<Device>> devices_waiting(const std::string& tenant, std::size_t limit) override;
  Result<std::vector<Device>> devices_called(const std::string& tenant, const std::string& label, const std::string& host_name,
                                             std::size_t limit) override;
  Result<std::string> hub_value(const std::string& name) override;
  Status put_hub_value(const std::string& name, const std::string& value) override;
  Result<std::vector<MailNote>> recent_mails(std::size_t limit) override;
  Result<std::vector<Deed>> deeds_matching(const std::string& tenant, const DeedFilter& filter, std::size_t skip,
                                           std::size_t limit) override;
  Result<std::vector<std::string>> who_did(const std::string& tenant) override;
  Result<std::vector<std::string>> what_was_done(const std::string& tenant) override;

  Result<std::vector<EvidencePack>> evidence_packs(const std::string& tenant, std::size_t limit) override;
  Result<EvidencePack> evidence_pack(const std::string& tenant, std::int64_t number) override;
  Status add_evidence_pack(const EvidencePack& pack) override;
  Result<std::optional<Rejudging>> rejudging(const std::string& tenant) override;
  Result<std::vector<Rejudging>> rejudgings() override;
  Status put_rejudging(const Rejudging& one) override;
  Status end_rejudging(const std::string& tenant) override;
  Result<std::vector<std::string>> ids_behind(const std::string& tenant, const std::string& last, std::int64_t limit) override;
  Result<std::vector<KeptFeed>> feeds() override;
  Result<KeptFeed> feed(const std::string& id) override;
  Status put_feed(const KeptFeed& feed) override;
  Result<std::vector<CompanyBriefing>> company_briefings(const std::string& tenant, std::size_t limit) override;
  Result<CompanyBriefing> company_briefing(const std::string& tenant, const std::string& id) override;
  Result<CompanyBriefing> approved_briefing(const std::string& tenant, const std::string& sha256) override;
  Status put_company_briefing(const CompanyBriefing& briefing) override;
  Result<std::int64_t> forget_briefings(Time before, std::int64_t limit) override;

  Result<platform::Json> everything_of_device(const std::string& tenant, const std::string& device) override;
  Result<platform::Json> everything_of_person(const std::string& person) override;
  Status erase_device(const std::string& tenant, const std::string& device, const std::vector<std::string>& names,
                      const std::string& reduced) override;
  Status erase_person(const std::string& person, const std::vector<std::string>& names, const std::string& reduced) override;
  Status overwrite_erased() override;

  Result<std::int64_t> forget_before(Time reports, Time changes, Time ended, std::int64_t limit) override;

 private:
  Use prepared(const char* sql) { return database_->prepared(sql); }
  /// A text that is put together of few parts: each that came up is kept.
  Use prepared_text(const std::string& sql) { return database_->prepared(texts_.insert(sql).first->c_str()); }
  void run(const char* sql);
  Status begin_writing(Durable durable);
  /// Runs a statement with these values.
  template <class... Values>
  Status wrote(const char* sql, const Values&... values);
  void move_generation(const std::string& tenant);
  /// Tenant empty: of all, and of who did it too.
  Status reduce_deeds(const std::string& tenant, const std::vector<std::string>& names, const std::string& reduced);
  /// `body` null: the content is in the report.
  void put_content_row(const std::string& tenant, const std::string& device, Which which, protocol::Position position,
                       const std::string* body, Time scanned_at, Time received_at);
  /// Without their forms.
  std::vector<KeptFinding> bare_findings(const std::string& tenant, const std::string& device);
  void put_bare_findings(const Device& device, const std::vector<KeptFinding>& before, const std::vector<KeptFinding>& findings);
  void put_forms(const Device& device, const std::vector<KeptFinding>& findings);
  void put_rules(const Device& device, const std::map<std::string, compliance::Verdict>& before,
                 const std::map<std::string, compliance::Verdict>& rules, Time now, std::optional<Time> seen_at);
  void put_state(const std::string& tenant, const std::string& device, const std::string& state);
  std::optional<Device> stored(const std::string& tenant, const std::string& id);
  /// Writes what moves with reports.
  void move_device(const Device& device);
  /// Empty: there is no such device.
  struct Stands {
    std::string word;  ///< empty: there is no such device
    bool silent = false;
  };
  Stands standing(const std::string& tenant, const std::string& device);
  void set_mark(const std::string& tenant, const std::string& device, std::optional<Time> at);
  CheckCounts counted_checks(const std::string& tenant, const std::string& prefix);
  /// Adds (+1) or takes out (-1) what the device counts for.
  void count(const std::string& tenant, const std::string& device, int by);
  void move_counters(const std::string& tenant, const CounterMoves& moves);
  void log(const Change& change);

  std::unique_ptr<Database> database_;
  std::set<std::string> texts_;  ///< of statements; where each lies is what it is known by
  std::int64_t commits_ = 0;
  Durable durable_ = Durable::now;  ///< what the connection is set to
};

template <class... Values>
Status SqliteStore::wrote(const char* sql, const Values&... values) {
  return answered([&]() -> Status {
    auto statement = prepared(sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    statement.exec();
    return platform::Done{};
  });
}

}  // namespace gokajo::hub
