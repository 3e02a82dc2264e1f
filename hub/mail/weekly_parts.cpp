#include "hub/mail/weekly_parts.h"

#include <algorithm>

#include "compliance/layout.h"
#include "hub/evidence/manifest.h"
#include "hub/mail/todo_words.h"
#include "hub/silence.h"

namespace gokajo::hub {

using compliance::columns_of, compliance::Language;

WeeklyParts::WeeklyParts(const Weekly& week, Language language, Detail detail)
    : week_(week), mail_(language), say_(mail_.say()), dates_{language, week.offset_minutes}, detail_(detail) {
  mail_.address(week_.company, week_.owner);
}

std::string WeeklyParts::listed(const std::vector<std::string>& labels) const {
  std::string out;
  for (std::size_t i = 0; i < labels.size() && i < kMaxListed; ++i) out += (i > 0 ? say_.plain("label-join") : "") + short_label(labels[i]);
  if (labels.size() > kMaxListed) out += "…";
  return out;
}

std::string WeeklyParts::in_brackets(const std::vector<std::string>& labels) const {
  if (detail_ == Detail::counts) return "";
  return say_.ja() ? "（" + listed(labels) + "）" : " (" + listed(labels) + ")";
}

std::string WeeklyParts::open_parts(int columns) const {
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

std::string WeeklyParts::subject_of(const std::string& key) const {
  const Values without = {{"pcs", number(std::max(week_.registered, week_.stated.value_or(0)))}, {"day", day()}, {"parts", ""}};
  auto values = without;
  values["parts"] = open_parts(kSubjectColumns - columns_of(say_.plain(key, without)));
  return say_.plain(key, values);
}

std::string WeeklyParts::todo_label(const Todo& todo) const {
  if (todo.labels.empty()) return say_.plain("todo.company");
  if (detail_ == Detail::counts) return say_.plain("part.fail", {{"n", number(todo.pcs())}});
  const auto label = clipped(todo.labels.front(), kLabelColumns);
  if (todo.pcs() < 2) return label;
  return say_.plain("todo.many", {{"label", short_label(label)}, {"n", number(todo.pcs() - 1)}});
}

void WeeklyParts::item_head(int at, const std::string& label, std::optional<int> minutes) {
  Values values = {{"i", number(at)}, {"label", label}};
  if (minutes) values["m"] = number(*minutes);
  line(minutes ? "todo.line" : "todo.line-untimed", values, Kind::item);
}

void WeeklyParts::todo(int at, const Todo& todo) {
  item_head(at, todo_label(todo), todo.minutes);
  const auto words = todo_words(todo, say_);
  // The sentences hold their own marks, which filled() would take out of a value.
  const auto between = say_.ja() ? std::string("|→") : std::string(" |-> |");
  lines(words.saw + between + words.to_do, Kind::item_text);
}

int WeeklyParts::todos() {
  int at = 0;
  for (const auto& one : week_.todos) {
    if (at == static_cast<int>(kMaxTodos)) break;
    todo(++at, one);
  }
  return at;
}

void WeeklyParts::silent_pcs(int at) {
  for (std::size_t i = 0; i < week_.silent.size() && i < kMaxListed; ++i) {
    const auto& pc = week_.silent[i];
    item_head(++at, detail_ == Detail::counts ? say_.plain("part.silent", {{"n", "1"}}) : clipped(pc.label, kLabelColumns), pc.minutes);
    const bool gone = week_.counted_at - pc.last_contact >= kGoneDays;
    line(gone ? "todo.gone" : "todo.silent", {{"date", dates_.month_day(pc.last_contact)}, {"person", person()}}, Kind::item_text);
  }
  const int listed = static_cast<int>(std::min(week_.silent.size(), kMaxListed));
  if (silent() > listed) line("todo.rest", {{"n", number(silent() - listed)}}, Kind::item_text);
}

void WeeklyParts::rest_of_todos() {
  if (week_.todos.size() > kMaxTodos) line("todo.rest", {{"n", number(static_cast<int>(week_.todos.size() - kMaxTodos))}}, Kind::item_text);
}

void WeeklyParts::confirmation(const std::string& code) {
  head("first.code", {{"code", code}});
  line("first.tell", {{"person", person()}});
  line("first.why");
}

void WeeklyParts::declaring() {
  if (week_.declaring.empty()) return;
  blank();
  head("declaring.head");
  for (const auto& one : week_.declaring) {
    const auto day = platform::parse_time(one.day);
    if (!day) continue;
    const char* key = one.of == DeclaringReminderOf::gbizid   ? (one.over ? "declaring.gbizid-over" : "declaring.gbizid-near")
                      : one.of == DeclaringReminderOf::review ? (one.over ? "declaring.review-over" : "declaring.review-near")
                      : one.of == DeclaringReminderOf::page   ? "declaring.page"
                                                              : "declaring.policy";
    // A day of the company already.
    line(key, {{"date", dates_.month_day(*day - std::chrono::minutes{week_.offset_minutes})}, {"person", person()}});
  }
}

bool WeeklyParts::declaring_over() const {
  return std::any_of(week_.declaring.begin(), week_.declaring.end(), [](const DeclaringReminder& one) { return one.over; });
}

MailText WeeklyParts::finish(const std::string& subject) {
  if (!week_.first) declaring();
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
  if (week_.record) {
    blank();
    head("record.head", {{"n", std::to_string(week_.record->number)}});
    line("record.number", {{"head", in_groups(week_.record->head)}, {"date", dates_.month_day(week_.record->made)}});
  }
  return mail_.finish(subject);
}

}  // namespace gokajo::hub
