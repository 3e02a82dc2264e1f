#include "hub/mail/weekly_text.h"

#include <algorithm>
#include <set>

#include "compliance/layout.h"
#include "hub/mail/dates.h"
#include "hub/mail/lines.h"
#include "hub/mail/words.h"
#include "hub/silence.h"

namespace gokajo::hub {

using compliance::columns_of, compliance::Language;

namespace {

constexpr std::size_t kMaxTodos = 5;
constexpr std::size_t kMaxListed = 3;  // PCs named in a list

using Values = Teller::Values;
using Kind = MailBlock::Kind;

std::string number(int value) { return std::to_string(value); }

// Writes one mail. Each part adds lines; blank() separates.
class Writer {
 public:
  Writer(const Weekly& week, Language language, Detail detail)
      : week_(week), mail_(language), say_(mail_.say()), dates_{language, week.offset_minutes}, detail_(detail) {}

  MailText write() {
    mail_.address(week_.company, week_.owner);
    if (week_.outage)
      late();
    else if (week_.first)
      first();
    else if (all_fine(week_))
      fine();
    else
      action();
    if (!week_.first && !week_.confirmation.empty()) {
      blank();
      confirmation(week_.confirmation);
    }
    if (!week_.first && !week_.link.empty()) {
      blank();
      head("link.head");
      lines(week_.link, Kind::link);
      line("link.key", {{"person", person()}});
    }
    return mail_.finish(subject());
  }

 private:
  void lines(const std::string& sentence, Kind kind = Kind::paragraph) { mail_.lines(sentence, kind); }
  void line(const std::string& key, const Values& values = {}, Kind kind = Kind::paragraph) { mail_.line(key, values, kind); }
  void head(const std::string& key, const Values& values = {}) { mail_.head(key, values); }
  void blank() { mail_.blank(); }

  std::string day() const { return dates_.slashed(week_.counted_at); }
  std::string person() const { return mail_.person(week_.person); }
  int silent() const { return static_cast<int>(week_.silent.size()); }
  int resting() const { return static_cast<int>(week_.resting.size()); }
  int catching_up() const { return static_cast<int>(week_.catching_up.size()); }
  int questions() const { return static_cast<int>(week_.questions.size()); }
  int unregistered() const { return week_.stated ? *week_.stated - week_.registered : 0; }
  bool count_open() const { return !week_.stated || unregistered() != 0; }

  std::string listed(const std::vector<std::string>& labels) const {
    std::string out;
    for (std::size_t i = 0; i < labels.size() && i < kMaxListed; ++i)
      out += (i > 0 ? say_.plain("label-join") : "") + short_label(labels[i]);
    if (labels.size() > kMaxListed) out += "…";
    return out;
  }
  // The list in brackets, or nothing where PCs are not named.
  std::string in_brackets(const std::vector<std::string>& labels) const {
    if (detail_ == Detail::counts) return "";
    return say_.ja() ? "（" + listed(labels) + "）" : " (" + listed(labels) + ")";
  }

  // ---- subject
  std::string parts(int columns) const {
    std::vector<std::string> all;
    if (week_.fail > 0) all.push_back(say_.plain("part.fail", {{"n", number(week_.fail)}}));
    if (company_todos(week_) > 0) all.push_back(say_.plain("part.company", {{"n", number(company_todos(week_))}}));
    if (silent() > 0) all.push_back(say_.plain("part.silent", {{"n", number(silent())}}));
    if (catching_up() > 0) all.push_back(say_.plain("part.catching-up", {{"n", number(catching_up())}}));
    if (resting() > 0) all.push_back(say_.plain("part.resting", {{"n", number(resting())}}));
    if (week_.other > 0) all.push_back(say_.plain("part.other", {{"n", number(week_.other)}}));
    if (questions() > 0) all.push_back(say_.plain("part.questions", {{"n", number(questions())}}));
    if (unregistered() > 0) all.push_back(say_.plain("part.unregistered", {{"n", number(unregistered())}}));
    if (unregistered() < 0 || !week_.stated) all.push_back(say_.plain("part.count"));
    std::string out;
    for (const auto& part : all) {
      const auto longer = out.empty() ? part : out + say_.plain("part.join") + part;
      if (columns_of(longer) > columns && !out.empty()) break;
      out = longer;
    }
    return out;
  }
  std::string subject_of(const std::string& key) const {
    const Values without = {{"pcs", number(std::max(week_.registered, week_.stated.value_or(0)))}, {"day", day()}, {"parts", ""}};
    auto values = without;
    values["parts"] = parts(kSubjectColumns - columns_of(say_.plain(key, without)));
    return say_.plain(key, values);
  }
  std::string subject() const {
    if (week_.outage) return subject_of(all_fine(week_) ? "subject.late-fine" : "subject.late");
    if (week_.first) return subject_of("subject.first");
    return subject_of(all_fine(week_) ? "subject.fine" : "subject.action");
  }

  // ---- parts of several mails
  std::string todo_label(const Todo& todo) const {
    if (todo.labels.empty()) return say_.plain("todo.company");
    if (detail_ == Detail::counts) return say_.plain("part.fail", {{"n", number(static_cast<int>(todo.labels.size()))}});
    const auto label = clipped(todo.labels.front(), kLabelColumns);
    if (todo.labels.size() < 2) return label;
    return say_.plain("todo.many", {{"label", short_label(label)}, {"n", number(static_cast<int>(todo.labels.size()) - 1)}});
  }
  void item_head(int at, const std::string& label, std::optional<int> minutes) {
    Values values = {{"i", number(at)}, {"label", label}};
    if (minutes) values["m"] = number(*minutes);
    line(minutes ? "todo.line" : "todo.line-untimed", values, Kind::item);
  }
  void todo(int at, const Todo& todo) {
    item_head(at, todo_label(todo), todo.minutes);
    const auto& advice = advice_for(todo.check, todo.situation, todo.systems);
    Values values;
    for (const auto& [name, parameter] : todo.parameters) {
      if (const auto* count = std::get_if<compliance::Count>(&parameter)) values[name] = std::to_string(count->value);
      if (const auto* days = std::get_if<compliance::DayCount>(&parameter)) values[name] = std::to_string(days->value);
    }
    auto saw = say_.say(advice.saw, values);
    // A sentence whose number is not known is said without it.
    if (saw.find('{') != std::string::npos) saw = say_.say(advice_for(todo.check, "*", todo.systems).saw, values);
    // The sentences hold their own marks, which filled() would take out of a value.
    const auto between = say_.ja() ? std::string("|→") : std::string(" |-> |");
    lines(saw + between + say_.say(advice.do_), Kind::item_text);
  }
  int todos() {
    int at = 0;
    for (const auto& one : week_.todos) {
      if (at == static_cast<int>(kMaxTodos)) break;
      todo(++at, one);
    }
    return at;
  }
  void silent_pcs(int at) {
    for (std::size_t i = 0; i < week_.silent.size() && i < kMaxListed; ++i) {
      const auto& pc = week_.silent[i];
      item_head(++at, detail_ == Detail::counts ? say_.plain("part.silent", {{"n", "1"}}) : clipped(pc.label, kLabelColumns), pc.minutes);
      const bool gone = week_.counted_at - pc.last_contact >= kGoneDays;
      line(gone ? "todo.gone" : "todo.silent", {{"date", dates_.month_day(pc.last_contact)}, {"person", person()}}, Kind::item_text);
    }
    if (week_.silent.size() > kMaxListed) line("todo.rest", {{"n", number(silent() - static_cast<int>(kMaxListed))}}, Kind::item_text);
  }
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
  void confirmation(const std::string& code) {
    head("first.code", {{"code", code}});
    line("first.tell", {{"person", person()}});
    line("first.why");
  }

  // ---- nothing to do
  void fine() {
    line("fine.lead", {{"date", dates_.month_day(week_.counted_at)},
                       {"hour", dates_.hour(week_.counted_at)},
                       {"pcs", number(week_.registered)},
                       {"stated", number(week_.stated.value_or(0))}});
    line("fine.nothing");
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
      if (week_.todos.size() > kMaxTodos)
        line("todo.rest", {{"n", number(static_cast<int>(week_.todos.size() - kMaxTodos))}}, Kind::item_text);
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
    blank();
    line("counted",
         {{"date", dates_.month_day(week_.counted_at)}, {"hour", dates_.hour(week_.counted_at)}, {"next", dates_.month_day(week_.next)}});
  }

  std::optional<int> minutes() const {
    int sum = 0;
    for (const auto& todo : week_.todos) {
      if (!todo.minutes) return std::nullopt;
      sum += *todo.minutes * static_cast<int>(std::max<std::size_t>(1, todo.labels.size()));
    }
    return sum;
  }

  void leads() {
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
    const bool other = std::any_of(week_.rules.begin(), week_.rules.end(), [](const RuleCount& rule) { return rule.other > 0; });
    head(other ? "table.head-other" : "table.head");
    for (const auto& rule : week_.rules) {
      const Values values = {{"i", number(rule.number)},
                             {"rule", compliance::padded(say_.rule_name(rule.rule), kRuleColumns)},
                             {"pass", number(rule.pass)},
                             {"fail", number(rule.fail)},
                             {"other", number(rule.other)},
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
    if (other) line(resting() > 0 ? "table.other-resting" : "table.other");
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
  bool everywhere(const Todo& todo) const { return week_.registered > 1 && static_cast<int>(todo.labels.size()) >= week_.registered; }

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
    std::vector<const Todo*> shared;
    for (const auto& todo : week_.todos) {
      if (everywhere(todo)) {
        shared.push_back(&todo);
        continue;
      }
      for (const auto& label : todo.labels)
        if (std::find(urgent.begin(), urgent.end(), label) == urgent.end()) urgent.push_back(label);
    }
    if (!urgent.empty()) line("first.urgent", {{"n", number(static_cast<int>(urgent.size()))}, {"labels", in_brackets(urgent)}});
    if (!shared.empty()) line("first.everywhere", {{"n", number(static_cast<int>(shared.size()))}, {"nouns", nouns(shared)}});
    if (urgent.empty() && shared.empty()) line("first.nothing");
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

  // ---- the hub had stopped
  std::string hour_after_day(platform::Time time) const { return (say_.ja() ? "" : " ") + dates_.hour(time); }

  void late() {
    const auto& outage = *week_.outage;
    line("late.lead", {{"from", dates_.month_day(outage.from) + hour_after_day(outage.from)},
                       {"until", dates_.day_near(outage.until, outage.from) + hour_after_day(outage.until)}});
    blank();
    results_of(outage);
    if (outage.changes && outage.changes->empty()) {
      line("late.no-changes");
    } else {
      line("late.but");
      if (outage.changes) missed(*outage.changes);
    }
    blank();
    if (all_fine(week_)) {
      head("late.now-fine");
    } else {
      head("late.now", {{"parts", parts(kLineColumns - columns_of(say_.plain("late.now", {{"parts", ""}})))}});
      silent_pcs(todos());
      if (week_.todos.size() > kMaxTodos)
        line("todo.rest", {{"n", number(static_cast<int>(week_.todos.size() - kMaxTodos))}}, Kind::item_text);
    }
    if (!outage.missing.empty()) {
      head("late.missing", {{"n", number(static_cast<int>(outage.missing.size()))}, {"labels", in_brackets(outage.missing)}});
      line("late.missing-text", {{"day", dates_.day_near(outage.tell_by, outage.from)}});
    }
    blank();
    head("late.again", {{"person", person()}});
    line(outage.slept ? "late.again-sleep" : "late.again-off");
  }

  // Safe is said only where results came and none was lost.
  void results_of(const Outage& outage) {
    const auto all_in = dates_.day_near(outage.all_in, outage.from) + hour_after_day(outage.all_in);
    const bool some = !outage.reports || *outage.reports > 0;
    head(outage.lost.value_or(0) > 0 ? "late.not-safe" : outage.lost && some ? "late.safe" : "late.results");
    if (some && outage.reports && outage.lost) {
      line("late.kept", {{"n", number(*outage.reports)}, {"all_in", all_in}, {"lost", number(*outage.lost)}});
      return;
    }
    if (!some)
      line("late.none-kept", {{"all_in", all_in}});
    else if (outage.all_in > outage.until)
      line("late.kept-uncounted", {{"all_in", all_in}});
    if (outage.lost.value_or(0) > 0) line("late.lost", {{"lost", number(*outage.lost)}});
  }

  void missed(const std::vector<MissedChange>& changes) {
    line("late.changes", {{"n", number(static_cast<int>(changes.size()))}});
    for (std::size_t i = 0; i < changes.size() && i < kMaxListed; ++i) {
      const auto& change = changes[i];
      const auto words = mail_words().rules.find(change.rule);
      const bool same = change.back && dates_.same_day(change.lost, *change.back);
      line(same          ? "late.change-same-day"
           : change.back ? "late.change-back"
                         : "late.change-open",
           {{"pc", detail_ == Detail::labels ? short_label(change.label) : "-"},
            {"day", dates_.day_near(change.lost, week_.outage->from)},
            {"what", words == mail_words().rules.end() ? change.rule : say_.plain(words->second.lost)},
            {"back", change.back ? dates_.day_near(*change.back, week_.outage->from) : ""}});
    }
  }

  static constexpr int kRuleColumns = 12;

  const Weekly& week_;
  Composer mail_;
  const Teller& say_;
  Dates dates_;
  Detail detail_;
};

}  // namespace

bool all_fine(const Weekly& week) {
  return week.registered > 0 && week.stated == week.registered && week.fail == 0 && week.other == 0 && week.silent.empty() &&
         week.resting.empty() && week.catching_up.empty() && week.questions.empty() && week.todos.empty();
}

int company_todos(const Weekly& week) {
  return static_cast<int>(std::count_if(week.todos.begin(), week.todos.end(), [](const Todo& todo) { return todo.labels.empty(); }));
}

MailText weekly_text(const Weekly& week, Language language, Detail detail) { return Writer(week, language, detail).write(); }

}  // namespace gokajo::hub
