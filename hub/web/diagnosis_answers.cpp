// The form of the 自社診断: people answer what PCs cannot, beside what PCs say.
#include <algorithm>

#include "hub/diagnosis/answers.h"
#include "hub/web/diagnosis_parts.h"
#include "hub/web/handlers.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr const char* kNoAnswer = "none";
constexpr Level kLevels[] = {Level::done, Level::partly, Level::not_done, Level::unsure};

std::string place(const Visit& visit) { return company_path(visit) + "/diagnosis"; }

std::string field_of(std::int64_t number) { return "a" + std::to_string(number); }

std::string word_of(Level level) { return boost::describe::enum_to_string(level, ""); }

// What a form was filled in upon: it must not overwrite what somebody else answered since.
std::string seen_of(const Visit& visit, const PersonAnswers& people) {
  std::string all = visit.company->id;
  for (const auto& [number, answer] : people.counting)
    all += "\n" + std::to_string(number) + " " + word_of(answer.level) + " " + platform::format_time(answer.answered_at) + " " + answer.who;
  return visit.parts.pepper.hash("diagnosis", all).substr(0, 24);
}

// The choice that is ticked: what was typed where the form was refused, else the answer that counts. One that ended is no choice.
std::string chosen_of(const Visit& visit, const QuestionResult& one, bool refused) {
  if (refused) return visit.field(field_of(one.question->number));
  return one.person ? word_of(one.person->level) : "";
}

PageData question_data(const Visit& visit, const DiagnosisView& view, const QuestionResult& one, bool refused) {
  auto data = machine_data(visit, view, one);
  const auto& question = *one.question;
  const auto chosen = chosen_of(visit, one, refused);
  data.set("place", place_of(question));
  data.set("field", field_of(question.number));
  data.set("number", std::to_string(question.number));
  data.set("theme", question.theme.in(visit.language));
  data.set("ask", question.ask.in(visit.language));
  data.set("person_says", question.person_says.in(visit.language));
  PageData choices = new_list();
  const auto add = [&](const std::string& value, const std::string& text) {
    PageData choice;
    choice.set("value", value);
    choice.set("id", field_of(question.number) + "-" + value);
    choice.set("text", text);
    if (value == chosen) choice.set("chosen", yes());
    choices << choice;
  };
  for (const auto level : kLevels) add(word_of(level), level_text(visit, level));
  if (one.person) add(kNoAnswer, page_word("diagnosis.take_back", visit.language));
  data.set("choices", choices);
  set_person(visit, one, data);
  if (one.differ) data.set("differ", yes());
  // What is settled lies folded, so that what is not can be seen.
  if (one.person && !one.differ && !refused) {
    data.set("folded", yes());
    data.set("answer", level_text(visit, one.person->level));
  }
  return data;
}

struct Held {
  std::shared_ptr<const CompanyPage> page;
  DiagnosisView view;
};

Result<Held> held_of(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  auto page = book.of(visit.company->id, visit.now);
  if (!page) return page.error();
  auto view = diagnosis_view(visit.store(), **page, visit.now);
  if (!view) return view.error();
  return Held{std::move(*page), std::move(*view)};
}

HttpReply page(const Visit& visit, const DiagnosisView& view, const std::string& problem = {}) {
  PageData data, groups = new_list();
  const bool refused = !problem.empty();
  for (const auto& part : view.result.parts) {
    PageData group, questions = new_list();
    group.set("name", part.part->name.in(visit.language));
    for (const auto& one : view.result.questions)
      if (one.question->part == part.part->number) questions << question_data(visit, view, one, refused);
    group.set("questions", questions);
    groups << group;
  }
  data.set("groups", groups);
  // As many as the result says, and in its words.
  const auto& all = view.result.questions;
  const auto first = std::find_if(all.begin(), all.end(), [](const QuestionResult& one) { return !one.counted; });
  if (first != all.end()) {
    const auto open = static_cast<std::int64_t>(all.size()) - view.result.answered;
    data.set("some_open", sentence(visit, "diagnosis.open", {{"n", std::to_string(open)}}));
    data.set("first_open", place_of(*first->question));
  }
  data.set("seen", seen_of(visit, view.people));
  data.set("official", view.sheet->official);
  data.set("valid", sentence(visit, "diagnosis.valid", {{"n", std::to_string(view.sheet->valid_months)}}));
  if (!view.people.counting.empty()) data.set("may_renew", yes());
  if (refused && visit.form.contains("renew")) data.set("renew", yes());
  if (refused) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "diagnosis_answers.html", "diagnosis.answers_title", data, refused ? 422 : 200);
}

// What differs from the answers that count; nullopt where a choice is none.
std::optional<DiagnosisAnswers> answers_in(const Visit& visit, const DiagnosisView& view) {
  DiagnosisAnswers answers;
  for (const auto& one : view.result.questions) {
    const auto number = one.question->number;
    const auto& typed = visit.field(field_of(number));
    Level level{};
    if (typed.empty()) continue;
    if (typed == kNoAnswer) {
      if (one.person) answers.changed.emplace(number, std::nullopt);
    } else if (!boost::describe::enum_from_string(typed.c_str(), level)) {
      return std::nullopt;
    } else if (!one.person || one.person->level != level) {
      answers.changed.emplace(number, level);
    }
  }
  if (visit.form.contains("renew"))
    for (const auto& [number, answer] : view.people.counting)
      if (!answers.changed.contains(number)) answers.renewed.push_back(number);
  return answers;
}

}  // namespace

Result<HttpReply> show_diagnosis_answers(Visit& visit) {
  const auto held = held_of(visit);
  if (!held) return held.error();
  return page(visit, held->view);
}

Result<HttpReply> answer_diagnosis(Visit& visit) {
  const auto held = held_of(visit);
  if (!held) return held.error();
  const auto& view = held->view;
  if (visit.field("seen") != seen_of(visit, view.people)) return page(visit, view, "diagnosis_changed");
  const auto answers = answers_in(visit, view);
  if (!answers) return page(visit, view, "answer_none");
  if (auto taken = take_diagnosis(visit.store(), *view.sheet, held->page->company, view.facts, *answers, visit.person->name, visit.now);
      !taken)
    return taken.error();
  return see_other(place(visit));
}

}  // namespace gokajo::hub
