#include "hub/mail/weekly_changes.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace gokajo::hub {

using platform::Result, platform::Status;

namespace {

using Ids = std::vector<std::string>;

// So many to a failure and from one are read first: there are enough among them nearly always.
constexpr std::int64_t kNewest = 200, kEvery = std::numeric_limits<std::int64_t>::max();

// What a rule says now is what the last of the week's changes made of it.
struct ChangedRule {
  std::string before, after;
  bool fails_now() const { return after == "fail" && before != "fail" && !before.empty(); }
  bool solved() const { return before == "fail" && (after == "pass" || after == "not_applicable"); }
};

// By device, then by rule.
using Changed = std::map<std::string, std::map<std::string, ChangedRule>>;

Changed changed_by(const std::vector<Change>& changes) {
  Changed changed;
  for (const auto& change : changes) {
    auto& rule = changed[change.device].emplace(change.subject, ChangedRule{change.before, ""}).first->second;
    rule.after = change.after;
  }
  return changed;
}

// Those on which something is caught up, whatever else is to be done there.
Result<std::set<std::string>> catching_up(const WeeklySource& source) {
  const auto late = source.store.catching_up(source.input.tenant, {}, false, kMostDevices);
  if (!late) return late.error();
  std::set<std::string> ids;
  for (const auto& one : *late) ids.insert(one.device);
  return ids;
}

Result<bool> has_todo(const WeeklySource& source, const std::string& device, const std::string& rule) {
  const auto findings = source.store.findings(source.input.tenant, device);
  if (!findings) return findings.error();
  return std::any_of(findings->begin(), findings->end(), [&](const KeptFinding& finding) {
    return finding.rule == rule && (finding.to_do == ToDo::now || finding.to_do == ToDo::beside);
  });
}

struct Found {
  Ids newly, solved;
  bool enough(std::size_t most) const { return std::min(newly.size(), solved.size()) >= most; }
  // Whether all changes would tell of no more than these, which hold the `newest` newest.
  bool settled(const std::vector<Change>& changes, std::int64_t newest, std::size_t most) const {
    const auto all = [&](std::string Change::* side) {
      return std::count_if(changes.begin(), changes.end(), [&](const Change& one) { return one.*side == "fail"; }) < newest;
    };
    return (newly.size() >= most || all(&Change::after)) && (solved.size() >= most || all(&Change::before));
  }
};

// A PC is new among those with something to do where it has a rule that fails now and did not before; solved the other way round. The
// newest first, until there are enough.
Result<Found> found_among(const std::vector<Change>& changes, const Changed& changed, const WeeklySource& source) {
  const auto late = catching_up(source);
  if (!late) return late.error();
  const auto most = source.input.names_up_to;
  Found found;
  std::set<std::string> looked_at;
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    const auto& id = change->device;
    if (found.enough(most) || !looked_at.insert(id).second) continue;
    const auto contact = source.contacts.of(id);
    if (contact == Contact::silent || contact == Contact::resting) continue;
    if (contact == Contact::resting_heard && !source.in_use.failing.contains(id)) continue;
    bool fails = false, passes = false;
    for (const auto& [rule, was] : changed.at(id)) {
      if (was.fails_now()) {
        const auto told = late->contains(id) ? has_todo(source, id, rule) : Result<bool>(true);
        if (!told) return told.error();
        fails = fails || *told;
      }
      passes = passes || (contact == Contact::heard && was.solved());
    }
    if (fails && found.newly.size() < most) found.newly.push_back(id);
    if (passes && found.solved.size() < most) found.solved.push_back(id);
  }
  return found;
}

}  // namespace

Status put_changes(const WeeklySource& source, Weekly& week) {
  const auto& input = source.input;
  Changed changed;
  Found found;
  for (auto newest = input.names_up_to < static_cast<std::size_t>(kNewest) ? kNewest : kEvery;; newest = kEvery) {
    const auto some = source.store.rule_changes(input.tenant, input.since, newest);
    if (!some) return some.error();
    changed = changed_by(*some);
    auto among = found_among(*some, changed, source);
    if (!among) return among.error();
    found = std::move(*among);
    if (found.settled(*some, newest, input.names_up_to)) break;
  }
  const auto new_names = source.store.names_of(input.tenant, found.newly);
  if (!new_names) return new_names.error();
  const auto solved_names = source.store.names_of(input.tenant, found.solved);
  if (!solved_names) return solved_names.error();
  for (const auto& one : *new_names) {
    week.newly.push_back(one.label);
    week.newly_devices.push_back(one.device);
  }
  for (const auto& one : *solved_names)
    for (const auto& [rule, was] : changed.at(one.device))
      if (was.solved()) week.solved.push_back({one.label, rule, one.device});
  return platform::Done{};
}

}  // namespace gokajo::hub
