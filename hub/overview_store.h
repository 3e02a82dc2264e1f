/// \file
/// What the pages about a company read beside hub/store.h, many PCs with one question, and what people note on them: a part of it, with its
/// errors, threads and transactions. Nothing here needs more than a few questions for a page, however many PCs there are.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/overview.h"
#include "platform/result.h"

namespace gokajo::hub {

class OverviewStore {
 public:
  OverviewStore() = default;
  OverviewStore(const OverviewStore&) = delete;
  OverviewStore& operator=(const OverviewStore&) = delete;
  virtual ~OverviewStore() = default;

  /// Who was silent when it was last looked at (hub/chores.h) is put down, so that a page neither looks for them nor at each: they are
  /// counted apart, and quiet_devices() leaves them out. A mark holds while what it rests on does: the store ends it with the next report,
  /// another standing or a rest (put_device()), and all of a company with another calendar (put_company()).
  /// Of `devices`, those that are approved and not marked yet.
  virtual platform::Status mark_silent(const std::string& tenant, const std::vector<std::string>& devices, Time now) = 0;
  /// Ends those that were put at `since` or later: by a clock that ran ahead.
  virtual platform::Status end_marks(const std::string& tenant, Time since) = 0;
  virtual platform::Result<std::vector<NamedDevice>> marked_silent(const std::string& tenant) = 0;
  /// Approved PCs, not marked, last heard of (or enrolled) at `unheard_before` or earlier, or resting beyond `now`.
  virtual platform::Result<std::vector<Device>> quiet_devices(const std::string& tenant, Time unheard_before, Time now) = 0;
  /// hub/device_pages.h makes of these what people ask for. Ordered by name, or by the day (Japan's) of the last word, then by id.
  virtual platform::Result<std::int64_t> count_devices(const std::string& tenant, const DeviceFilter& filter) = 0;
  virtual platform::Result<std::vector<ListedDevice>> page_devices(const std::string& tenant, const DeviceFilter& filter, DeviceOrder order,
                                                                   std::int64_t offset, std::int64_t limit) = 0;
  /// Those whose name or host name holds `text` and that stand in `group`, where one is named: at most `limit`, by name; and how many.
  virtual platform::Result<std::vector<MatchedDevice>> matching(const std::string& tenant, const std::string& text,
                                                                const std::optional<std::string>& group, std::int64_t limit) = 0;
  virtual platform::Result<std::vector<MatchCount>> count_matching(const std::string& tenant, const std::string& text,
                                                                   const std::optional<std::string>& group) = 0;
  /// Those that were not removed, by name and id, behind this one (nullptr: from the first): for who goes through all of them.
  virtual platform::Result<std::vector<JudgedDevice>> devices_behind(const std::string& tenant, const Device* last, std::int64_t limit) = 0;
  /// Of approved PCs among `devices`.
  virtual platform::Result<std::vector<DeviceRule>> rules_of(const std::string& tenant, const std::vector<std::string>& devices) = 0;
  virtual platform::Result<std::vector<NamedDevice>> names_of(const std::string& tenant, const std::vector<std::string>& devices) = 0;

  /// Approved PCs that are not marked as silent, by pc_state() (hub/kept_finding.h); and the states of approved ones among `devices`.
  virtual platform::Result<std::map<std::string, std::int64_t>> state_counts(const std::string& tenant) = 0;
  virtual platform::Result<std::vector<std::string>> states_of(const std::string& tenant, const std::vector<std::string>& devices) = 0;
  /// Approved PCs that are not marked as silent and catching up (ToDo::catching_up), without those of `but`; `alone`: where nothing else is
  /// to be done on them.
  virtual platform::Result<std::vector<NamedDevice>> catching_up(const std::string& tenant, const std::vector<std::string>& but, bool alone,
                                                                 std::int64_t limit) = 0;
  /// What is to be done on approved PCs that are not marked as silent, without those of `but` (none of them marked), by check and
  /// situation; and the findings of one cause, those without a date (KeptFinding::late_since) first, then those that are late for longest.
  /// Only the first `forms` have a form.
  virtual platform::Result<std::vector<Cause>> causes(const std::string& tenant, const std::vector<std::string>& but) = 0;
  virtual platform::Result<std::vector<DeviceFinding>> findings_of_cause(const std::string& tenant, const std::string& check,
                                                                         const std::string& situation, const std::vector<std::string>& but,
                                                                         std::int64_t limit, std::int64_t forms) = 0;
  /// Of approved PCs, those of one check with that verdict, with their forms, by name; at most `limit` behind the first `offset`.
  virtual platform::Result<std::vector<DeviceFinding>> findings_of_check(const std::string& tenant, const std::string& check,
                                                                         compliance::Verdict verdict, std::int64_t offset,
                                                                         std::int64_t limit) = 0;
  /// Of approved PCs that are not marked as silent, of those that are; and of approved ones among `devices`, of one check or (empty) of
  /// all.
  virtual platform::Result<CheckCounts> check_counts(const std::string& tenant) = 0;
  virtual platform::Result<CheckCounts> silent_check_counts(const std::string& tenant) = 0;
  virtual platform::Result<CheckCounts> check_counts_of(const std::string& tenant, const std::vector<std::string>& devices,
                                                        const std::string& check) = 0;
  /// Of one PC, the newest first, at most `limit`.
  virtual platform::Result<std::vector<Change>> changes_of(const std::string& tenant, const std::string& device, std::int64_t limit) = 0;

  /// Name and PCs of each group, by name.
  virtual platform::Result<std::vector<std::pair<std::string, std::int64_t>>> groups(const std::string& tenant) = 0;
  virtual platform::Result<std::string> group(const std::string& tenant, const std::string& device) = 0;
  virtual platform::Status set_group(const std::string& tenant, const std::string& device, const std::string& group) = 0;

  /// Of one PC, or (empty) of all. set_verdicts() (hub/store.h) takes out those whose check it finds to pass or not to apply.
  virtual platform::Result<std::vector<Plan>> plans(const std::string& tenant, const std::string& device) = 0;
  /// Adds or replaces; one for each PC and check.
  virtual platform::Status put_plan(const std::string& tenant, const Plan& plan) = 0;
  virtual platform::Status remove_plan(const std::string& tenant, const std::string& device, const std::string& check) = 0;

  /// Since that day, by day.
  virtual platform::Result<std::vector<DailyCount>> daily_counts(const std::string& tenant, Time since) = 0;
  /// Adds or replaces.
  virtual platform::Status put_daily_count(const std::string& tenant, const DailyCount& count) = 0;
  /// At most `limit` rows; says how many went.
  virtual platform::Result<std::int64_t> forget_daily_counts(Time before, std::int64_t limit) = 0;

  virtual platform::Result<Comment> comment(const std::string& tenant) = 0;
  /// Takes the place of the one before.
  virtual platform::Status put_comment(const std::string& tenant, const Comment& comment) = 0;
};

}  // namespace gokajo::hub
