#include "hub/mail/weekly_todos.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "hub/mail/todo_from_store.h"
#include "hub/read_finding.h"

namespace gokajo::hub {

using platform::Result, platform::Status;

namespace {

constexpr std::int64_t kShared = 3;  // PCs with one cause from which it is one item
// Read of the PCs that are named where more have the cause than are named: which of all is late for longest is known by the order then, and
// taking a form apart costs more than finding it.
constexpr std::int64_t kFormsOfMany = 3;

// What is most urgent for an owner stands first: nothing guards the PC, everybody can get in, it falls behind, the rest.
int urgency(const std::string& check) {
  static const std::map<std::string, int> kFirst = {{"antivirus.active", 0},           {"antivirus.real-time", 0},
                                                    {"sharing.guest-access-off", 1},   {"sharing.remote-login-restricted", 1},
                                                    {"passwords.none-blank", 1},       {"sharing.folders-restricted", 1},
                                                    {"updates.os-supported", 2},       {"updates.security-installed", 2},
                                                    {"antivirus.definitions-fresh", 2}};
  const auto found = kFirst.find(check);
  return found == kFirst.end() ? 3 : found->second;
}

// How late: since the release of the first missing fix. The finding's own "days" is how many are allowed.
void count_days(Todo& todo, const WeeklySource& source) {
  const auto since = todo.parameters.find("since");
  const auto* date = since == todo.parameters.end() ? nullptr : std::get_if<compliance::Date>(&since->second);
  if (!date) return;
  const auto offset = source.calendar.offset_minutes;
  const auto late = platform::local_day(source.input.now, offset) - platform::local_day(date->value, offset);
  todo.parameters["days"] = compliance::DayCount{late.count()};
}

// The one with the most days stands for all; not one whose form was not read.
const Todo& longest(const std::vector<Todo>& all) {
  const auto days = [](const Todo& todo) {
    const auto found = todo.parameters.find("days");
    const auto* count = found == todo.parameters.end() ? nullptr : std::get_if<compliance::DayCount>(&found->second);
    return std::pair(count ? count->value : 0, !todo.parameters.empty());
  };
  return *std::max_element(all.begin(), all.end(), [&](const Todo& a, const Todo& b) { return days(a) < days(b); });
}

// Read only for what is told in the end.
void put_systems(Todo& todo, const WeeklySource& source) {
  todo.systems = systems_of(source.store.content(source.input.tenant, todo.devices.front(), Store::Which::current));
}

Todo shared(const std::vector<Todo>& all, std::int64_t pcs, const WeeklySource& source) {
  Todo one = longest(all);
  put_systems(one, source);
  one.labels.clear();
  one.devices.clear();
  for (const auto& todo : all) {
    one.labels.push_back(todo.labels.front());
    one.devices.push_back(todo.devices.front());
  }
  one.more = static_cast<int>(pcs) - static_cast<int>(all.size());
  return one;
}

Result<std::vector<Todo>> todos_of(const Cause& cause, const WeeklySource& source) {
  const auto most = source.names_limit();
  auto found = source.store.findings_of_cause(source.input.tenant, cause.check, cause.situation, source.unmarked, most,
                                              cause.pcs > most ? kFormsOfMany : most);
  if (!found) return found.error();
  const auto& in_use = source.in_use.by_cause;
  if (const auto more = in_use.find({cause.check, cause.situation}); more != in_use.end())
    found->insert(found->end(), more->second.begin(), more->second.end());
  std::sort(found->begin(), found->end(),
            [](const DeviceFinding& a, const DeviceFinding& b) { return std::tie(a.label, a.device) < std::tie(b.label, b.device); });
  std::vector<Todo> all;
  for (const auto& one : *found) {
    auto& todo = all.emplace_back(todo_of(one.device, one.label, one.finding, read_finding(one.finding)));
    todo.situation = cause.situation;
    count_days(todo, source);
  }
  return all;
}

// Told one by one where they are few; else the one that is late for longest stands for all.
Status tell_cause(const Cause& cause, const WeeklySource& source, std::vector<Todo>& todos) {
  auto all = todos_of(cause, source);
  if (!all) return all.error();
  if (all->empty()) return platform::Done{};
  if (cause.pcs >= kShared) {
    todos.push_back(shared(*all, cause.pcs, source));
    return platform::Done{};
  }
  for (auto& todo : *all) {
    put_systems(todo, source);
    todos.push_back(std::move(todo));
  }
  return platform::Done{};
}

}  // namespace

Status add_todos(const WeeklySource& source, std::vector<Todo>& todos) {
  auto causes = source.store.causes(source.input.tenant, source.unmarked);
  if (!causes) return causes.error();
  for (const auto& [cause, found] : source.in_use.by_cause) {
    const auto same = [&](const Cause& one) { return one.check == cause.first && one.situation == cause.second; };
    auto one = std::find_if(causes->begin(), causes->end(), same);
    if (one == causes->end()) one = causes->insert(one, {cause.first, cause.second, found.front().finding.rule, 0});
    one->pcs += static_cast<std::int64_t>(found.size());
  }
  std::sort(causes->begin(), causes->end(),
            [](const Cause& a, const Cause& b) { return std::pair(a.check, a.situation) < std::pair(b.check, b.situation); });
  for (const auto& cause : *causes)
    if (auto status = tell_cause(cause, source, todos); !status) return status;
  std::stable_sort(todos.begin(), todos.end(), [](const Todo& a, const Todo& b) { return urgency(a.check) < urgency(b.check); });
  return platform::Done{};
}

}  // namespace gokajo::hub
