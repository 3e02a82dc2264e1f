#include "hub/mail/weekly_text.h"

#include <algorithm>
#include <set>

#include "compliance/layout.h"
#include "hub/mail/late_text.h"
#include "hub/mail/weekly_parts.h"
#include "hub/mail/words.h"

namespace gokajo::hub {

using compliance::Language;

namespace {

// The week's mail, and the first one.
class Writer : WeeklyParts {
 public:
  using WeeklyParts::WeeklyParts;

  MailText write() {
    if (week_.first) {
      first();
      return finish(subject_of("subject.first"));
    }
    const bool nothing = all_fine(week_);
    if (nothing)
      fine();
    else
      action();
    return finish(subject_of(nothing ? "subject.fine" : "subject.action"));
  }

 private:
  void resting_pcs() {
    if (resting() == 0 || detail_ == Detail::counts) return;
    head("resting.head");
    for (std::size_t i = 0; i < week_.resting.size() && i < kMaxListed; ++i)
      line("resting.line", {{"pc", clipped(week_.resting[i].label, kLabelColumns)}, {"date", dates_.month_day(week_.resting[i].until)}},
           Kind::item_text);
    if (week_.resting.size() > kMaxListed) line("todo.rest", {{"n", number(resting() - static_cast<int>(kMaxListed))}}, Kind::item_text);
    blank();
  }
  std::string question_names(std::size_t most) const {
    std::string names;
    for (std::size_t i = 0; i < week_.questions.size() && i < most; ++i) {
      const auto found = mail_words().questions.find(week_.questions[i]);
      names += (i > 0 ? say_.plain("label-join") : "") +
               (found == mail_words().questions.end() ? clipped(week_.questions[i], kShortColumns) : say_.plain(found->second));
    }
    return names;
  }

  // What the hub reads for the briefings, where it has nothing new for long; and what waits for somebody.
  void news() {
    if (week_.proposals > 0) line("news.proposals", {{"n", number(week_.proposals)}});
    if (!week_.old_news) return;
    const auto& old = *week_.old_news;
    Values values = {{"n", number(old.feeds)}, {"days", number(old.days.value_or(0))}};
    line(old.days ? "news.old" : "news.never", values);
    const auto why = "news.why." + old.why;
    line(mail_words().sentences.contains(why) ? why : "news.why.failed");
    line("news.not-urgent", {{"person", person()}});
  }

  // ---- nothing to do
  void fine() {
    line("fine.lead", {{"date", dates_.month_day(week_.counted_at)},
                       {"hour", dates_.hour(week_.counted_at)},
                       {"pcs", number(week_.registered)},
                       {"stated", number(week_.stated.value_or(0))}});
    if (!declaring_over() && week_.proposals == 0) line("fine.nothing");
    blank();
    head("fine.rules");
    std::string rules;
    for (const auto& rule : week_.rules) {
      rules += (rules.empty() ? "" : " |") + say_.plain("fine.rule", {{"rule", say_.rule_name(rule.rule)}});
      if (rule.rule == "threats" && week_.readers)
        rules += say_.plain("fine.readers", {{"read", number(week_.readers->read)}, {"all", number(week_.readers->all)}});
    }
    lines(rules);
    if (week_.solved.size() == 1 && detail_ == Detail::labels) {
      const auto words = mail_words().rules.find(week_.solved.front().rule);
      line("changes.solved", {{"pc", short_label(week_.solved.front().label)},
                              {"what", words == mail_words().rules.end() ? "" : say_.plain(words->second.solved)}});
    } else if (!week_.solved.empty()) {
      line("changes.solved-many", {{"n", number(solved_pcs())}, {"labels", solved_labels()}});
    } else {
      line("changes.none");
    }
    const auto pcs = number(week_.registered);
    if (week_.answered_at)
      line("fine.scope", {{"pcs", pcs}, {"date", dates_.month_day(*week_.answered_at)}});
    else
      line("fine.scope-pcs", {{"pcs", pcs}});
    news();
    blank();
    line("fine.next", {{"date", dates_.month_day(week_.next)}, {"weekday", dates_.weekday(week_.next)}, {"person", person()}});
    line("fine.self");
  }

  // ---- something to do
  void action() {
    leads();
    blank();
    if (!week_.todos.empty() || silent() > 0) {
      head("todo.head");
      silent_pcs(todos());
      rest_of_todos();
      blank();
    }
    if (questions() > 0) {
      line("first.questions-all", {{"n", number(questions())}, {"names", question_names(kMaxListed)}});
      blank();
    }
    resting_pcs();
    if (!week_.person.empty()) {
      line("forward", {{"person", person()}});
      blank();
    }
    table();
    changes();
    news();
    blank();
    line("counted",
         {{"date", dates_.month_day(week_.counted_at)}, {"hour", dates_.hour(week_.counted_at)}, {"next", dates_.month_day(week_.next)}});
  }

  std::optional<int> minutes() const {
    int sum = 0;
    for (const auto& todo : week_.todos) {
      if (!todo.minutes) return std::nullopt;
      sum += *todo.minutes * static_cast<int>(std::max(1, todo.pcs()));
    }
    return sum;
  }

  void leads() {
    if (week_.rejudged_later) line("action.rejudging", {{"n", number(*week_.rejudged_later)}});
    if (week_.fail > 0) {
      const auto time = minutes();
      Values values = {{"n", number(week_.fail)}};
      if (time) values["m"] = number(*time);
      line(time ? "action.fail" : "action.fail-untimed", values);
    }
    if (company_todos(week_) > 0) line("action.company", {{"n", number(company_todos(week_))}});
    if (silent() > 0) line(week_.fail > 0 ? "action.silent-other" : "action.silent", {{"n", number(silent())}});
    if (catching_up() > 0) line("action.catching-up", {{"n", number(catching_up())}, {"labels", in_brackets(week_.catching_up)}});
    if (resting() > 0) line("action.resting", {{"n", number(resting())}});
    if (week_.other > 0) line("action.other", {{"n", number(week_.other)}});
    if (questions() > 0) line("action.questions", {{"n", number(questions())}});
    if (unregistered() > 0) line("action.unregistered", {{"stated", number(*week_.stated)}, {"n", number(unregistered())}});
    if (unregistered() < 0) line("action.too-many", {{"n", number(-unregistered())}});
    if (!week_.stated) line("action.no-number");
    const int rest = week_.registered - week_.fail - week_.other - silent() - resting() - catching_up();
    if (rest > 0) line("action.rest", {{"n", number(rest)}});
  }

  void table() {
    // As on the pages: what does not apply to a PC is no 適合.
    const bool outside = std::any_of(week_.rules.begin(), week_.rules.end(), [](const RuleCount& rule) { return rule.not_applicable > 0; });
    const bool other = outside || std::any_of(week_.rules.begin(), week_.rules.end(), [](const RuleCount& rule) { return rule.other > 0; });
    head(other ? "table.head-other" : "table.head");
    for (const auto& rule : week_.rules) {
      const Values values = {{"i", number(rule.number)},
                             {"rule", compliance::padded(say_.rule_name(rule.rule), kRuleColumns)},
                             {"pass", number(rule.pass - rule.not_applicable)},
                             {"fail", number(rule.fail)},
                             {"other", number(rule.other + rule.not_applicable)},
                             {"silent", number(rule.silent)},
                             {"read", number(week_.readers ? week_.readers->read : 0)},
                             {"all", number(week_.readers ? week_.readers->all : 0)}};
      const bool readers = rule.rule == "threats" && week_.readers;
      const auto text = say_.plain(readers ? "table.readers" : other ? "table.line-other" : "table.line", values);
      std::vector<std::string> cells = {number(rule.number) + " " + say_.rule_name(rule.rule)};
      if (readers) {
        cells.push_back(say_.plain("table.readers", {{"i", ""}, {"rule", ""}, {"read", values.at("read")}, {"all", values.at("all")}}));
        while (cells.back().starts_with(' ')) cells.back().erase(0, 1);
      } else {
        for (const char* column : {"pass", "fail", "other", "silent"})
          if (other || std::string_view(column) != "other") cells.push_back(values.at(column));
      }
      mail_.row(text, std::move(cells));
    }
    if (outside)
      line(resting() > 0 ? "table.other-outside-resting" : "table.other-outside");
    else if (other)
      line(resting() > 0 ? "table.other-resting" : "table.other");
  }

  int solved_pcs() const {
    std::set<std::string> labels;
    for (const auto& one : week_.solved) labels.insert(one.label);
    return static_cast<int>(labels.size());
  }
  std::string solved_labels() const {
    std::vector<std::string> labels;
    for (const auto& one : week_.solved)
      if (std::find(labels.begin(), labels.end(), one.label) == labels.end()) labels.push_back(one.label);
    return in_brackets(labels);
  }

  void changes() {
    if (week_.newly.empty() && week_.solved.empty()) {
      line("changes.none");
      return;
    }
    std::string all = say_.say("changes.head");
    if (!week_.newly.empty())
      all += say_.say("changes.newly", {{"n", number(static_cast<int>(week_.newly.size()))}, {"labels", in_brackets(week_.newly)}});
    if (!week_.newly.empty() && !week_.solved.empty()) all += say_.say("changes.join");
    if (!week_.solved.empty()) all += say_.say("changes.solved-part", {{"n", number(solved_pcs())}, {"labels", solved_labels()}});
    lines(all);
  }

  // ---- the first mail
  // What every PC shares is one item, and nothing urgent.
  bool everywhere(const Todo& todo) const { return week_.registered > 1 && todo.pcs() >= week_.registered; }

  std::string nouns(const std::vector<const Todo*>& todos) const {
    std::vector<std::string> seen;
    for (const auto* todo : todos) {
      const auto found = mail_words().rules.find(todo->rule);
      const auto noun = found == mail_words().rules.end() ? todo->rule : say_.plain(found->second.noun);
      if (std::find(seen.begin(), seen.end(), noun) == seen.end()) seen.push_back(noun);
    }
    std::string out;
    for (std::size_t i = 0; i < seen.size() && i < kMaxListed; ++i) out += (i > 0 ? say_.plain("label-join") : "") + seen[i];
    return out;
  }

  void first() {
    line("first.lead", {{"pcs", number(week_.registered)}});
    if (!week_.first->installer.empty()) line("first.installer", {{"installer", clipped(week_.first->installer, kNameColumns)}});
    blank();
    confirmation(week_.first->confirmation);
    line("first.no-link");
    blank();
    head("first.results");
    first_results();
    blank();
    first_todos();
    lines(say_.say("first.promise"));
    blank();
    head("first.unseen");
    line("first.unseen-text", {{"person", person()}});
    blank();
    line("first.weekly");
  }

  void first_results() {
    std::vector<std::string> urgent;
    std::set<std::string> seen;
    std::vector<const Todo*> shared;
    for (const auto& todo : week_.todos) {
      if (everywhere(todo)) {
        shared.push_back(&todo);
        continue;
      }
      for (const auto& label : todo.labels)
        if (seen.insert(label).second) urgent.push_back(label);
    }
    if (!urgent.empty()) line("first.urgent", {{"n", number(static_cast<int>(urgent.size()))}, {"labels", in_brackets(urgent)}});
    if (!shared.empty()) line("first.everywhere", {{"n", number(static_cast<int>(shared.size()))}, {"nouns", nouns(shared)}});
    if (week_.rejudged_later)
      line("action.rejudging", {{"n", number(*week_.rejudged_later)}});
    else if (urgent.empty() && shared.empty())
      line("first.nothing");
    if (questions() > 0)
      line(questions() > 2 ? "first.questions" : "first.questions-all", {{"n", number(questions())}, {"names", question_names(2)}});
    if (week_.first->briefing_until) line("first.to-come", {{"month", dates_.month(*week_.first->briefing_until)}});
  }

  void first_todos() {
    int at = 0;
    std::string all;
    const auto add = [&](const std::string& key, Values values, std::optional<int> minutes) {
      if (at == 0) head("first.todo");
      values["i"] = number(++at);
      if (minutes) values["m"] = number(*minutes);
      line(minutes ? key : key + "-untimed", values, Kind::item);
    };
    for (const auto& todo : week_.todos) {
      if (everywhere(todo) || at == static_cast<int>(kMaxTodos)) continue;
      add("first.todo-line", {{"label", todo_label(todo)}, {"rule", say_.rule_name(todo.rule)}}, todo.minutes);
    }
    if (questions() > 0) add("first.todo-questions", {{"n", number(questions())}}, week_.question_minutes);
    if (at > 0) blank();
  }

  static constexpr int kRuleColumns = 12;
};

}  // namespace

bool all_fine(const Weekly& week) {
  return !week.rejudged_later && week.registered > 0 && week.stated == week.registered && week.fail == 0 && week.other == 0 &&
         week.silent_pcs() == 0 && week.resting.empty() && week.catching_up.empty() && week.questions.empty() && week.todos.empty();
}

int company_todos(const Weekly& week) {
  return static_cast<int>(std::count_if(week.todos.begin(), week.todos.end(), [](const Todo& todo) { return todo.labels.empty(); }));
}

MailText weekly_text(const Weekly& week, Language language, Detail detail) {
  return week.outage ? late_text(week, language, detail) : Writer(week, language, detail).write();
}

}  // namespace gokajo::hub
