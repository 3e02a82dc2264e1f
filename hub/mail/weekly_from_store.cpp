#include "hub/mail/weekly_from_store.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compliance/finding_form.h"
#include "compliance/pack.h"
#include "hub/checks_view.h"
#include "hub/contacts.h"
#include "hub/counted.h"
#include "hub/declaring/facts_from_store.h"
#include "hub/evidence_store.h"
#include "hub/feeds/reading.h"
#include "hub/kept_content.h"
#include "hub/kept_finding.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Result, platform::Time;

namespace {

constexpr std::size_t kMostBriefings = 24;
constexpr std::size_t kShared = 3;  // PCs with one cause from which it is one item
constexpr const char* kReadCheck = "threats.briefing-read";
constexpr std::int64_t kMostDevices = 10000000;

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

std::optional<compliance::JudgedFinding> read_finding(const KeptFinding& kept) {
  const auto json = platform::parse_json(kept.form, 1U << 20U);
  if (!json) return std::nullopt;
  compliance::JudgedFinding judged;
  // Either form is read: the finding alone, or with rule and exception.
  if (json->is_object() && json->contains("finding")) {
    if (!platform::read_form(*json, judged, platform::Place{"finding"})) return std::nullopt;
  } else if (!platform::read_form(*json, judged.finding, platform::Place{"finding"})) {
    return std::nullopt;
  }
  return judged;
}

// "debian", "linux" …: whose advice fits.
std::vector<std::string> systems_of(const Result<KeptContent>& content) {
  std::vector<std::string> systems;
  const auto json = content ? content_of(*content) : Result<platform::Json>(content.error());
  if (!json) return systems;
  const auto value = [&](const char* fact, const char* member) {
    const platform::Json none;
    const auto evidence = json->value("evidence", none);
    const auto device = evidence.is_object() ? evidence.value("device", none) : none;
    const auto one = device.is_object() ? device.value(fact, none) : none;
    const auto inner = one.is_object() ? one.value("value", none) : none;
    const auto text = inner.is_object() ? inner.value(member, none) : none;
    return text.is_string() ? text.get<std::string>() : std::string();
  };
  if (const auto id = value("os", "id"); !id.empty()) systems.push_back(id);
  const auto family = value("system", "family");
  systems.emplace_back(family == "windows" ? "windows" : family == "macos" ? "macos" : "linux");
  return systems;
}

// Without the system.
std::optional<Todo> todo_of(const Device& device, const KeptFinding& kept) {
  const auto judged = read_finding(kept);
  if (judged && judged->exception) return std::nullopt;
  return Todo{{device.shown_name()},
              kept.rule,
              kept.check,
              judged ? judged->finding.situation : "",
              judged ? judged->finding.parameters : compliance::Parameters{},
              {},
              std::nullopt,
              {device.id}};
}

std::int64_t count_in(const compliance::Parameters& parameters, const char* name) {
  const auto found = parameters.find(name);
  const auto* count = found == parameters.end() ? nullptr : std::get_if<compliance::Count>(&found->second);
  return count ? count->value : 0;
}

using Ids = std::vector<std::string>;

class Reader {
 public:
  Reader(Store& store, const WeeklyInput& input) : store_(store), input_(input) {}

  Result<Weekly> read() {
    auto company = store_.company(input_.tenant);
    if (!company) return company.error();
    company_ = std::move(*company);
    auto pack = shelf_of(input_.library)->pack(company_.pack);
    if (!pack) return pack.error();
    pack_ = std::move(*pack);
    calendar_ = calendar_of(company_);
    head();
    if (auto status = questions(); !status) return status.error();
    if (auto status = devices(); !status) return status.error();
    if (auto status = changes(); !status) return status.error();
    if (auto status = record_file(); !status) return status.error();
    if (auto status = news(); !status) return status.error();
    if (auto status = declaring(); !status) return status.error();
    return std::move(week_);
  }

 private:
  void head() {
    week_.company = company_.name;
    week_.owner = company_.owner_name;
    week_.person = company_.person_in_charge;
    week_.offset_minutes = static_cast<int>(company_.offset_minutes);
    week_.counted_at = input_.now;
    week_.next = next_weekly(input_.now, calendar_);
    if (company_.stated_devices) week_.stated = static_cast<int>(*company_.stated_devices);
  }

  platform::Status record_file() {
    const auto packs = packs_of(store_).evidence_packs(input_.tenant, 1);
    if (!packs) return packs.error();
    if (!packs->empty()) week_.record = RecordFile{packs->front().number, head_of(packs->front().manifest), packs->front().made};
    return platform::Done{};
  }

  platform::Status declaring() {
    auto reminders = declaring_reminders_of(store_, company_, input_.now);
    if (!reminders) return reminders.error();
    week_.declaring = std::move(*reminders);
    return platform::Done{};
  }

  platform::Status questions() {
    const auto kept = store_.declarations(input_.tenant);
    if (!kept) return kept.error();
    for (const auto& question : pack_.questions) {
      if (question.role != compliance::Role::required) continue;
      const KeptDeclaration* answer = nullptr;
      for (const auto& one : *kept)
        if (one.device.empty() && one.declaration.question == question.id && !one.withdrawn &&
            input_.now < one.declaration.valid_until + platform::Days{1})
          answer = &one;
      const auto verdict = answer ? verdict_of(question, answer->declaration.answer) : "";
      if (verdict == "fail") {
        // Known and not as it should be: something to do for the company itself.
        week_.todos.push_back({{}, question.rule, "question." + question.id, "", {}, {}, std::nullopt, {}});
      } else if (verdict != "pass" && verdict != "not_applicable") {
        week_.questions.push_back(question.id);
      } else if (!week_.answered_at || answer->declaration.answered_at < *week_.answered_at) {
        week_.answered_at = answer->declaration.answered_at;
      }
    }
    return platform::Done{};
  }

  // Of the chosen answer; empty for one that the pack does not know.
  static std::string verdict_of(const compliance::PackQuestion& question, const std::string& answer) {
    for (const auto& choice : question.choices)
      if (choice.id == answer) return choice.verdict;
    return {};
  }

  // A few questions for all PCs together: there may be thousands.
  platform::Status devices() {
    auto contacts = contacts_of(store_, calendar_, input_.tenant, input_.now);
    if (!contacts) return contacts.error();
    contacts_ = std::move(*contacts);
    unmarked_ = contacts_.unmarked_ids();
    for (const auto step : {&Reader::silent, &Reader::in_use, &Reader::rules, &Reader::states, &Reader::catching_up, &Reader::causes})
      if (auto status = (this->*step)(); !status) return status;
    return static_cast<std::size_t>(week_.registered) <= input_.readers_up_to ? readers() : platform::Status(platform::Done{});
  }

  platform::Status silent() {
    auto all = silent_by_name(contacts_.silence);
    week_.more_silent = static_cast<int>(all.size());
    if (all.size() > input_.names_up_to) all.resize(input_.names_up_to);
    if (all.empty()) return platform::Done{};
    DeviceFilter named;
    named.standing = Standing::approved;
    named.only.emplace();
    for (const auto& one : all) named.only->push_back(one.device);
    const auto devices = store_.page_devices(input_.tenant, named, DeviceOrder::name, 0, static_cast<std::int64_t>(all.size()));
    if (!devices) return devices.error();
    for (const auto& [device, group] : *devices)
      week_.silent.push_back({device.shown_name(), device.last_receipt.value_or(device.enrolled), std::nullopt, device.id});
    week_.more_silent -= static_cast<int>(week_.silent.size());
    return platform::Done{};
  }

  // PCs that rest are told as that, but one that is in use all the same and has something to be done.
  platform::Status in_use() {
    for (const auto& device : contacts_.devices) {
      const auto contact = contacts_.of(device.id);
      if (contact == Contact::silent) continue;
      bool todo = false;
      if (contact == Contact::resting_heard) {
        const auto findings = store_.findings(input_.tenant, device.id);
        if (!findings) return findings.error();
        for (const auto& finding : *findings) {
          todo = todo || finding.to_do == ToDo::now;
          if (finding.to_do == ToDo::now) in_use_[{finding.check, finding.situation}].push_back({device.id, device.shown_name(), finding});
        }
      }
      if (todo)
        in_use_failing_.insert(device.id);
      else
        week_.resting.push_back({device.shown_name(), *device.resting_until - std::chrono::seconds{1}, device.id});
    }
    week_.fail += static_cast<int>(in_use_failing_.size());
    return platform::Done{};
  }

  platform::Status rules() {
    const auto counted = counted_now(store_, input_.tenant, contacts_);
    if (!counted) return counted.error();
    const auto of = [&](const std::string& what, const char* verdict) {
      const auto found = counted->counters.find(what);
      if (found == counted->counters.end()) return 0;
      const auto one = found->second.find(verdict);
      return one == found->second.end() ? 0 : static_cast<int>(one->second);
    };
    week_.registered = of("device", "approved");
    const auto silent = static_cast<int>(counted->silent);
    // By their verdicts, which an exception leaves as they are.
    const auto in_use = store_.rules_of(input_.tenant, contacts_.silence.in_use);
    if (!in_use) return in_use.error();
    for (const auto& rule : pack_.rules) {
      RuleCount one{rule.id, static_cast<int>(rule.number)};
      one.fail = of(rule.id, "fail");
      one.ask = of(rule.id, "ask");
      one.not_applicable = of(rule.id, "not_applicable");
      one.pass = of(rule.id, "pass") + one.not_applicable;
      one.silent = silent;
      // One at rest that fails in use counts as failing; of those nothing was judged of yet nothing is known.
      const auto failing_in_use = std::count_if(in_use->begin(), in_use->end(),
                                                [&](const auto& kept) { return kept.rule == rule.id && kept.verdict == Verdict::fail; });
      one.resting = static_cast<int>(counted->resting - failing_in_use);
      one.unknown = week_.registered - one.silent - one.resting - one.fail - one.ask - one.pass;
      one.other = one.unknown + one.ask + one.resting;
      week_.rules.push_back(one);
    }
    return platform::Done{};
  }

  platform::Status states() {
    auto counts = store_.state_counts(input_.tenant);
    if (!counts) return counts.error();
    if (!unmarked_.empty()) {
      const auto of_quiet = store_.states_of(input_.tenant, unmarked_);
      if (!of_quiet) return of_quiet.error();
      for (const auto& state : *of_quiet) --(*counts)[state];
    }
    for (const auto& [text, pcs] : *counts) {
      const auto state = read_pc_state(text);
      const auto n = static_cast<int>(pcs);
      if (state.state == PcState::to_do) week_.fail += n;
      if (state.state == PcState::catching_up) week_.more_catching_up += n;
      const bool asked = std::any_of(state.asking.begin(), state.asking.end(), [&](const auto& rule) { return !asked_of_company(rule); });
      if (state.state == PcState::open || asked) week_.other += n;
    }
    return platform::Done{};
  }

  platform::Status catching_up() {
    if (week_.more_catching_up == 0) return platform::Done{};
    const auto named = store_.catching_up(input_.tenant, unmarked_, true, names_limit());
    if (!named) return named.error();
    for (const auto& one : *named) {
      week_.catching_up.push_back(one.label);
      week_.catching_up_devices.push_back(one.device);
    }
    week_.more_catching_up = std::max(week_.more_catching_up - static_cast<int>(named->size()), 0);
    return platform::Done{};
  }

  std::int64_t names_limit() const {
    return static_cast<std::int64_t>(std::min<std::size_t>(input_.names_up_to, std::numeric_limits<std::int64_t>::max()));
  }

  platform::Status readers() {
    const auto found = worst_first(store_, input_.tenant, kReadCheck, 0, kMostDevices);
    if (!found) return found.error();
    Readers readers;
    for (const auto& one : *found) {
      const auto contact = contacts_.of(one.device);
      if (contact == Contact::silent || contact == Contact::resting) continue;
      if (const auto judged = read_finding(one.finding)) {
        readers.read += static_cast<int>(count_in(judged->finding.parameters, "count"));
        readers.all += static_cast<int>(count_in(judged->finding.parameters, "people"));
      }
    }
    if (readers.all > 0) week_.readers = readers;
    return platform::Done{};
  }

  // What a question that waits for the company will settle is told as that question.
  bool asked_of_company(const std::string& rule) const {
    return std::any_of(pack_.questions.begin(), pack_.questions.end(), [&](const compliance::PackQuestion& question) {
      return question.rule == rule && std::find(week_.questions.begin(), week_.questions.end(), question.id) != week_.questions.end();
    });
  }

  // How late: since the release of the first missing fix. The finding's own "days" is how many are allowed.
  void count_days(Todo& todo) const {
    const auto since = todo.parameters.find("since");
    const auto* date = since == todo.parameters.end() ? nullptr : std::get_if<compliance::Date>(&since->second);
    if (!date) return;
    const auto late =
        platform::local_day(input_.now, calendar_.offset_minutes) - platform::local_day(date->value, calendar_.offset_minutes);
    todo.parameters["days"] = compliance::DayCount{late.count()};
  }

  platform::Status causes() {
    auto causes = store_.causes(input_.tenant, unmarked_);
    if (!causes) return causes.error();
    for (const auto& [cause, found] : in_use_) {
      const auto same = [&](const Cause& one) { return one.check == cause.first && one.situation == cause.second; };
      auto one = std::find_if(causes->begin(), causes->end(), same);
      if (one == causes->end()) one = causes->insert(one, {cause.first, cause.second, found.front().finding.rule, 0});
      one->pcs += static_cast<std::int64_t>(found.size());
    }
    std::sort(causes->begin(), causes->end(),
              [](const Cause& a, const Cause& b) { return std::pair(a.check, a.situation) < std::pair(b.check, b.situation); });
    for (const auto& cause : *causes)
      if (auto status = todos_of(cause); !status) return status;
    std::stable_sort(week_.todos.begin(), week_.todos.end(),
                     [](const Todo& a, const Todo& b) { return urgency(a.check) < urgency(b.check); });
    return platform::Done{};
  }

  // Told one by one where they are few; else the one that is late for longest stands for all.
  platform::Status todos_of(const Cause& cause) {
    auto found = store_.findings_of_cause(input_.tenant, cause.check, cause.situation, unmarked_, names_limit());
    if (!found) return found.error();
    if (const auto more = in_use_.find({cause.check, cause.situation}); more != in_use_.end())
      found->insert(found->end(), more->second.begin(), more->second.end());
    std::sort(found->begin(), found->end(),
              [](const DeviceFinding& a, const DeviceFinding& b) { return std::tie(a.label, a.device) < std::tie(b.label, b.device); });
    std::vector<Todo> all;
    for (const auto& one : *found) {
      const auto judged = read_finding(one.finding);
      auto& todo = all.emplace_back(Todo{{one.label},
                                         one.finding.rule,
                                         one.finding.check,
                                         cause.situation,
                                         judged ? judged->finding.parameters : compliance::Parameters{},
                                         {},
                                         std::nullopt,
                                         {one.device}});
      count_days(todo);
    }
    if (all.empty()) return platform::Done{};
    if (cause.pcs < static_cast<std::int64_t>(kShared)) {
      for (auto& todo : all) {
        todo.systems = systems_of(todo);
        week_.todos.push_back(todo);
      }
      return platform::Done{};
    }
    Todo shared = longest(all);
    shared.systems = systems_of(shared);
    shared.labels.clear();
    shared.devices.clear();
    for (const auto& todo : all) {
      shared.labels.push_back(todo.labels.front());
      shared.devices.push_back(todo.devices.front());
    }
    shared.more = static_cast<int>(cause.pcs) - static_cast<int>(all.size());
    week_.todos.push_back(std::move(shared));
    return platform::Done{};
  }

  // Read only for what is told in the end.
  std::vector<std::string> systems_of(const Todo& todo) const {
    return hub::systems_of(store_.content(input_.tenant, todo.devices.front(), Store::Which::current));
  }

  // The one with the most days stands for all.
  static Todo longest(const std::vector<Todo>& all) {
    const auto days = [](const Todo& todo) {
      const auto found = todo.parameters.find("days");
      const auto* count = found == todo.parameters.end() ? nullptr : std::get_if<compliance::DayCount>(&found->second);
      return count ? count->value : 0;
    };
    return *std::max_element(all.begin(), all.end(), [&](const Todo& a, const Todo& b) { return days(a) < days(b); });
  }

  // A PC is new among those with something to do where it has a rule that fails now and did not before; solved the other way round. What a
  // rule says now is what the last of the week's changes made of it.
  platform::Status changes() {
    const auto all = store_.changes(input_.tenant, input_.since, "rule");
    if (!all) return all.error();
    struct Rule {
      std::string before, after;
    };
    std::map<std::string, std::map<std::string, Rule>> changed;
    for (const auto& change : *all) {
      auto& rule = changed[change.device].emplace(change.subject, Rule{change.before, ""}).first->second;
      rule.after = change.after;
    }
    const auto late = store_.catching_up(input_.tenant, {}, false, kMostDevices);
    if (!late) return late.error();
    std::set<std::string> catching_up;
    for (const auto& one : *late) catching_up.insert(one.device);
    Ids newly, solved;
    // The newest first, until there are enough.
    std::set<std::string> looked_at;
    for (auto change = all->rbegin(); change != all->rend(); ++change) {
      const auto& id = change->device;
      if (std::min(newly.size(), solved.size()) >= input_.names_up_to || !looked_at.insert(id).second) continue;
      const auto contact = contacts_.of(id);
      if (contact == Contact::silent || contact == Contact::resting) continue;
      if (contact == Contact::resting_heard && !in_use_failing_.contains(id)) continue;
      bool fails = false, passes = false;
      for (const auto& [rule, was] : changed[id]) {
        if (was.after == "fail" && was.before != "fail" && !was.before.empty()) {
          const auto told = catching_up.contains(id) ? has_todo(id, rule) : Result<bool>(true);
          if (!told) return told.error();
          fails = fails || *told;
        }
        passes = passes || (contact == Contact::heard && was.before == "fail" && (was.after == "pass" || was.after == "not_applicable"));
      }
      if (fails && newly.size() < input_.names_up_to) newly.push_back(id);
      if (passes && solved.size() < input_.names_up_to) solved.push_back(id);
    }
    const auto new_names = store_.names_of(input_.tenant, newly), solved_names = store_.names_of(input_.tenant, solved);
    if (!new_names) return new_names.error();
    if (!solved_names) return solved_names.error();
    for (const auto& one : *new_names) {
      week_.newly.push_back(one.label);
      week_.newly_devices.push_back(one.device);
    }
    for (const auto& one : *solved_names)
      for (const auto& [rule, was] : changed[one.device])
        if (was.before == "fail" && (was.after == "pass" || was.after == "not_applicable"))
          week_.solved.push_back({one.label, rule, one.device});
    return platform::Done{};
  }

  platform::Status news() {
    const auto feeds = store_.feeds();
    if (!feeds) return feeds.error();
    OldNews news;
    std::optional<OldFeed> oldest;
    for (auto& feed : old_feeds(*feeds, input_.now)) {
      ++news.feeds;
      if (!oldest || (oldest->good && (!feed.good || *feed.good < *oldest->good))) oldest = std::move(feed);
    }
    if (oldest) {
      if (oldest->good) news.days = static_cast<int>(std::chrono::floor<platform::Days>(input_.now - *oldest->good).count());
      news.why = oldest->why;
      week_.old_news = news;
    }
    const auto briefings = store_.company_briefings(input_.tenant, kMostBriefings);
    if (!briefings) return briefings.error();
    week_.proposals = static_cast<int>(std::count_if(briefings->begin(), briefings->end(),
                                                     [](const CompanyBriefing& one) { return one.state == BriefingState::proposed; }));
    return platform::Done{};
  }

  Result<bool> has_todo(const std::string& device, const std::string& rule) {
    const auto findings = store_.findings(input_.tenant, device);
    if (!findings) return findings.error();
    return std::any_of(findings->begin(), findings->end(), [&](const KeptFinding& finding) {
      return finding.rule == rule && (finding.to_do == ToDo::now || finding.to_do == ToDo::beside);
    });
  }

  Store& store_;
  const WeeklyInput& input_;
  Company company_;
  compliance::Pack pack_;
  Calendar calendar_;
  Weekly week_;
  Contacts contacts_;
  Ids unmarked_;  ///< PCs that are silent or at rest and that the store counts with the others
  std::map<std::pair<std::string, std::string>, std::vector<DeviceFinding>>
      in_use_;  ///< by cause: what is to be done on PCs that should rest
  std::set<std::string> in_use_failing_;
};

}  // namespace

std::optional<Todo> todo_of(const Device& device, const KeptFinding& kept, const Result<KeptContent>& content) {
  auto todo = todo_of(device, kept);
  if (todo) todo->systems = systems_of(content);
  return todo;
}

Result<Weekly> weekly_from(Store& store, const WeeklyInput& input) { return Reader(store, input).read(); }

}  // namespace gokajo::hub
