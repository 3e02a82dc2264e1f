#include "hub/mail/weekly_from_store.h"

#include <algorithm>
#include <map>
#include <set>

#include "compliance/finding_form.h"
#include "compliance/pack.h"
#include "hub/contacts.h"
#include "hub/kept_content.h"
#include "hub/mail/catching_up.h"
#include "hub/same_deed.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Result, platform::Time;

namespace {

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

// Everything of one PC that the mail may need.
struct Pc {
  Device device;
  std::map<std::string, Verdict> rules;
  std::vector<Todo> todos;
  Contact contact = Contact::heard;
  bool silent() const { return contact == Contact::silent; }
  /// Nothing of it is told but that it rests; one that is in use all the same has its failures told.
  bool rests() const { return contact == Contact::resting || (contact == Contact::resting_heard && todos.empty()); }
  bool catching_up = false;
  bool catches_up() const { return catching_up && todos.empty() && contact == Contact::heard; }
  bool has_todo(const std::string& rule) const {
    return std::any_of(todos.begin(), todos.end(), [&](const Todo& todo) { return todo.rule == rule; });
  }
  bool same_deed(const Todo& todo) const {
    return is_same_deed(todo.check, todo.situation, todos, [](const Todo& one) { return one.check; });
  }
  bool open = false;  ///< unknown, asked or excepted
};

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
    count();
    if (auto status = changes(); !status) return status.error();
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
    const auto all = store_.devices(input_.tenant);
    if (!all) return all.error();
    const auto contacts = contacts_of(store_, calendar_, input_.tenant, input_.now);
    if (!contacts) return contacts.error();
    std::map<std::string, std::size_t> places;
    for (const auto& device : *all) {
      if (device.standing != Standing::approved) continue;
      places.emplace(device.id, pcs_.size());
      pcs_.push_back({device, {}, {}, contacts->of(device.id)});
    }
    const auto rules = store_.rules_of(input_.tenant, {});
    if (!rules) return rules.error();
    for (const auto& one : *rules)
      if (const auto place = places.find(one.device); place != places.end()) pcs_[place->second].rules.emplace(one.rule, one.verdict);
    if (auto status = failures(places); !status) return status;
    if (pcs_.size() <= input_.readers_up_to)
      if (auto status = readers(places); !status) return status;
    for (auto& pc : pcs_) add(pc);
    return platform::Done{};
  }

  platform::Status failures(const std::map<std::string, std::size_t>& places) {
    const auto failing = store_.required_failures(input_.tenant);
    if (!failing) return failing.error();
    for (const auto& one : *failing)
      if (const auto place = places.find(one.device); place != places.end())
        if (auto status = take(one.finding, pcs_[place->second]); !status) return status;
    return platform::Done{};
  }

  platform::Status readers(const std::map<std::string, std::size_t>& places) {
    const auto found = store_.findings_of_check(input_.tenant, kReadCheck, 0, kMostDevices);
    if (!found) return found.error();
    for (const auto& one : *found) {
      const auto place = places.find(one.device);
      if (place == places.end() || pcs_[place->second].silent() || pcs_[place->second].contact == Contact::resting) continue;
      if (const auto judged = read_finding(one.finding)) {
        readers_.read += static_cast<int>(count_in(judged->finding.parameters, "count"));
        readers_.all += static_cast<int>(count_in(judged->finding.parameters, "people"));
      }
    }
    return platform::Done{};
  }

  void add(Pc& pc) {
    if (pc.rules.empty()) pc.open = true;
    for (const auto& [rule, verdict] : pc.rules)
      if (verdict == Verdict::unknown || (verdict == Verdict::ask && !asked_of_company(rule))) pc.open = true;
    const auto& device = pc.device;
    if (pc.silent()) week_.silent.push_back({device.shown_name(), device.last_receipt.value_or(device.enrolled), std::nullopt, device.id});
    if (pc.rests()) week_.resting.push_back({device.shown_name(), *device.resting_until - std::chrono::seconds{1}, device.id});
  }

  // What a question that waits for the company will settle is told as that question.
  bool asked_of_company(const std::string& rule) const {
    return std::any_of(pack_.questions.begin(), pack_.questions.end(), [&](const compliance::PackQuestion& question) {
      return question.rule == rule && std::find(week_.questions.begin(), week_.questions.end(), question.id) != week_.questions.end();
    });
  }

  platform::Status take(const KeptFinding& kept, Pc& pc) {
    auto todo = todo_of(pc.device, kept);
    if (!todo) {
      pc.open = true;
      return platform::Done{};
    }
    const auto catching_up = is_catching_up(store_, pc.device, kept);
    if (!catching_up) return catching_up.error();
    if (*catching_up) {
      pc.catching_up = true;
    } else {
      count_days(*todo);
      pc.todos.push_back(std::move(*todo));
    }
    return platform::Done{};
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

  void count() {
    week_.registered = static_cast<int>(pcs_.size());
    std::map<std::string, RuleCount> counts;
    for (const auto& pc : pcs_) {
      if (!pc.silent() && !pc.rests() && !pc.todos.empty()) ++week_.fail;
      if (!pc.silent() && !pc.rests() && pc.todos.empty() && !pc.catches_up() && pc.open) ++week_.other;
      if (pc.catches_up()) {
        week_.catching_up.push_back(pc.device.shown_name());
        week_.catching_up_devices.push_back(pc.device.id);
      }
      for (const auto& rule : pack_.rules) {
        const auto found = pc.rules.find(rule.id);
        const auto verdict = found == pc.rules.end() ? Verdict::unknown : found->second;
        const auto counted = counted_as(pc.contact, verdict);
        auto& one = counts[rule.id];
        ++(pc.silent()                                                      ? one.silent
           : counted == Verdict::fail                                       ? one.fail
           : counted == Verdict::pass || counted == Verdict::not_applicable ? one.pass
                                                                            : one.other);
        if (pc.silent()) continue;
        if (!counted) ++one.resting;
        if (counted == Verdict::unknown) ++one.unknown;
        if (counted == Verdict::ask) ++one.ask;
        if (counted == Verdict::not_applicable) ++one.not_applicable;
      }
    }
    for (const auto& rule : pack_.rules) {
      auto one = counts[rule.id];
      one.rule = rule.id;
      one.number = static_cast<int>(rule.number);
      week_.rules.push_back(one);
    }
    if (readers_.all > 0) week_.readers = readers_;
    todos();
  }

  void todos() {
    std::map<std::pair<std::string, std::string>, std::vector<Todo>> by_cause;
    for (const auto& pc : pcs_)
      if (!pc.silent() && !pc.rests())
        for (const auto& todo : pc.todos)
          if (!pc.same_deed(todo)) by_cause[{todo.check, todo.situation}].push_back(todo);
    for (auto& [cause, all] : by_cause) {
      if (all.size() < kShared) {
        for (auto& todo : all) {
          todo.systems = systems_of(todo);
          week_.todos.push_back(todo);
        }
        continue;
      }
      Todo shared = longest(all);
      shared.systems = systems_of(shared);
      shared.labels.clear();
      shared.devices.clear();
      for (const auto& todo : all) {
        shared.labels.push_back(todo.labels.front());
        shared.devices.push_back(todo.devices.front());
      }
      week_.todos.push_back(std::move(shared));
    }
    std::stable_sort(week_.todos.begin(), week_.todos.end(),
                     [](const Todo& a, const Todo& b) { return urgency(a.check) < urgency(b.check); });
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

  // A PC is new among those with something to do where it has a rule that fails now and did not before; solved the other way round.
  platform::Status changes() {
    const auto all = store_.changes(input_.tenant, input_.since);
    if (!all) return all.error();
    std::map<std::pair<std::string, std::string>, std::string> before;  // the first of the week
    for (const auto& change : *all)
      if (change.kind == "rule") before.emplace(std::pair{change.device, change.subject}, change.before);
    for (const auto& pc : pcs_) {
      if (pc.silent() || pc.rests()) continue;
      bool newly = false;
      for (const auto& [rule, verdict] : pc.rules) {
        const auto was = before.find({pc.device.id, rule});
        if (was == before.end()) continue;
        const bool told = !pc.catching_up || pc.has_todo(rule);
        newly = newly || (told && verdict == Verdict::fail && was->second != "fail" && !was->second.empty());
        if (pc.contact == Contact::heard && was->second == "fail" && (verdict == Verdict::pass || verdict == Verdict::not_applicable))
          week_.solved.push_back({pc.device.shown_name(), rule, pc.device.id});
      }
      if (!newly) continue;
      week_.newly.push_back(pc.device.shown_name());
      week_.newly_devices.push_back(pc.device.id);
    }
    return platform::Done{};
  }

  Store& store_;
  const WeeklyInput& input_;
  Company company_;
  compliance::Pack pack_;
  Calendar calendar_;
  Weekly week_;
  std::vector<Pc> pcs_;
  Readers readers_;
};

}  // namespace

std::optional<Todo> todo_of(const Device& device, const KeptFinding& kept, const Result<KeptContent>& content) {
  auto todo = todo_of(device, kept);
  if (todo) todo->systems = systems_of(content);
  return todo;
}

Result<Weekly> weekly_from(Store& store, const WeeklyInput& input) { return Reader(store, input).read(); }

}  // namespace gokajo::hub
