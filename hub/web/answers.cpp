#include "hub/answers.h"

#include <algorithm>

#include "compliance/finding_form.h"
#include "compliance/wording.h"
#include "hub/web/choosing.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using compliance::Choice, compliance::PackQuestion, platform::Result;

namespace {

// A problem, and at which form.
struct Problem {
  std::string what;
  std::string at;
};

std::string place(const Visit& visit) { return "/c/" + visit.company->id + "/answers"; }

// Names of things are the PC's own and may hold anything, so a form names a question by this.
std::string key_of(const Visit& visit, const ThingQuestion& question) {
  return visit.parts.pepper.hash("thing", visit.company->id + "\n" + question.check + "\n" + question.about).substr(0, 24);
}

const std::string& meaning(const std::string& verdict, compliance::Language language) {
  if (verdict == "pass") return page_word("answers.makes_pass", language);
  if (verdict == "fail") return page_word("answers.makes_fail", language);
  if (verdict == "not_applicable") return page_word("answers.makes_not_applicable", language);
  return page_word("answers.makes_ask", language);
}

PageData choices_of(const Visit& visit, const std::vector<Choice>& choices, const std::string& form, const std::string& chosen,
                    bool decides) {
  PageData list{PageData::type::list};
  for (const auto& choice : choices) {
    PageData one;
    one.set("choice", choice.id);
    one.set("choice_id", form + "-" + choice.id);
    one.set("choice_text", choice.text.in(visit.language));
    if (decides) one.set("meaning", meaning(choice.verdict, visit.language));
    if (choice.id == chosen) one.set("chosen", PageData::type::bool_true);
    list << one;
  }
  return list;
}

PageData answer_data(const Visit& visit, const KeptDeclaration& kept, const std::vector<Choice>& choices, bool decides) {
  const auto& answer = kept.declaration;
  PageData data;
  const auto choice = std::find_if(choices.begin(), choices.end(), [&](const Choice& one) { return one.id == answer.answer; });
  data.set("text", choice == choices.end() ? page_word("answers.other_choice", visit.language) : choice->text.in(visit.language));
  if (choice != choices.end() && decides && !has_ended(kept, visit.now)) data.set("means", meaning(choice->verdict, visit.language));
  data.set("who", shown(answer.who));
  data.set("day", day_of(visit, answer.answered_at));
  data.set("until", compliance::render_day(answer.valid_until, visit.language, {0, {}}));
  if (has_ended(kept, visit.now)) data.set("ended", PageData::type::bool_true);
  return data;
}

PageData company_question(const Visit& visit, const CompanyPage& page, const PackQuestion& question, const Problem& problem) {
  const auto answer = company_answer(page.declarations, question.id);
  const bool decides = question.role == compliance::Role::required;
  const bool here = problem.at == question.id;
  PageData data;
  data.set("id", question.id);
  data.set("ask", question.ask.in(visit.language));
  data.set("reason", question.reason.in(visit.language));
  data.set("months", std::to_string(question.valid_months));
  for (const auto& rule : page.pack.rules)
    if (rule.id == question.rule) data.set("rule", rule.name.in(visit.language));
  if (!decides) data.set("advice", PageData::type::bool_true);
  if (answer) data.set("answer", answer_data(visit, *answer, question.choices, decides));
  if (!answer) data.set("open", PageData::type::bool_true);
  // What is settled is folded away, so that what is not stands out.
  if (answer && !has_ended(*answer, visit.now) && !here) data.set("settled", PageData::type::bool_true);
  const auto chosen = here ? visit.field("answer") : answer && !has_ended(*answer, visit.now) ? answer->declaration.answer : "";
  data.set("choices", choices_of(visit, question.choices, question.id, chosen, decides));
  if (here) data.set("here", page_word("problem." + problem.what, visit.language));
  return data;
}

PageData asked_device(const Visit& visit, const AskedDevice& one, bool here, bool decides) {
  PageData data;
  data.set("box", box_of(one.device.id));
  data.set("name", shown(one.device.shown_name()));
  if (one.asks) data.set("asks", PageData::type::bool_true);
  if (one.answer) data.set("answer", answer_data(visit, *one.answer, compliance::thing_choices(), decides));
  if (here ? is_chosen(visit, one.device.id) : one.asks) data.set("checked", PageData::type::bool_true);
  return data;
}

PageData thing_question(const Visit& visit, const ThingQuestion& question, const Problem& problem) {
  const auto key = key_of(visit, question);
  const bool here = problem.at == key;
  PageData devices{PageData::type::list};
  std::size_t listed = 0;
  bool answered = false;
  for (const auto& one : question.devices) {
    if (listed++ == kMostChosen) break;
    answered = answered || one.answer;
    devices << asked_device(visit, one, here, question.required);
  }
  PageData data;
  data.set("key", key);
  data.set("ask", shown(compliance::ask_about(question.check, question.about).in(visit.language)));
  data.set("months", std::to_string(question.months));
  data.set("devices", devices);
  if (!question.required) data.set("advice", PageData::type::bool_true);
  if (question.devices.size() > kMostChosen) data.set("more", std::to_string(question.devices.size() - kMostChosen));
  if (answered) data.set("answered", PageData::type::bool_true);
  data.set("choices", choices_of(visit, compliance::thing_choices(), key, here ? visit.field("answer") : "", question.required));
  if (here) data.set("here", page_word("problem." + problem.what, visit.language));
  return data;
}

Result<HttpReply> page(Visit& visit, const Problem& problem = {}) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  const auto things = thing_questions(visit.store(), **held);
  if (!things) return things.error();
  PageData questions{PageData::type::list}, asked{PageData::type::list};
  std::size_t left = 0, left_pcs = 0;
  for (const auto& question : (*held)->pack.questions) {
    const auto answer = company_answer((*held)->declarations, question.id);
    if (!answer || has_ended(*answer, visit.now)) ++left;
    questions << company_question(visit, **held, question, problem);
  }
  for (const auto& question : *things) {
    if (std::any_of(question.devices.begin(), question.devices.end(), [](const AskedDevice& one) { return one.asks; })) ++left_pcs;
    asked << thing_question(visit, question, problem);
  }
  PageData data;
  data.set("left_company", std::to_string(left));
  data.set("left_pcs", std::to_string(left_pcs));
  data.set("questions", questions);
  data.set("things", asked);
  if (things->empty()) data.set("no_things", PageData::type::bool_true);
  if (!problem.what.empty()) data.set("problem", page_word("problem." + problem.what, visit.language));
  return show(visit, "answers.html", "answers.title", data, problem.what.empty() ? 200 : 422);
}

const char* problem_of(Answered outcome) {
  switch (outcome) {
    case Answered::no_choice:
      return "answer_none";
    case Answered::no_answer:
      return "answer_gone";
    case Answered::no_question:
    case Answered::nobody:
    case Answered::taken:
      break;
  }
  return "question_gone";
}

// What was answered before, for the record.
std::string before_of(const std::optional<KeptDeclaration>& answer) { return answer ? answer->declaration.answer : ""; }

// The question a form names, with the PCs it ticks; or what is wrong with them.
struct Chosen {
  ThingQuestion question;
  std::vector<AskedDevice> devices;
  std::string problem;
};

Result<Chosen> chosen_things(Visit& visit, const CompanyPage& page) {
  const auto things = thing_questions(visit.store(), page);
  if (!things) return things.error();
  for (const auto& question : *things) {
    if (key_of(visit, question) != visit.field("question")) continue;
    Chosen chosen{question, {}, {}};
    const auto boxes = chosen_boxes(visit);
    if (boxes.empty()) chosen.problem = "pcs_none";
    for (const auto& box : boxes) {
      const auto found = std::find_if(question.devices.begin(), question.devices.end(),
                                      [&](const AskedDevice& one) { return box_of(one.device.id) == box; });
      // Never for a PC that did not ask.
      if (found == question.devices.end())
        chosen.problem = "pc_not_asking";
      else
        chosen.devices.push_back(*found);
    }
    return chosen;
  }
  return Chosen{{}, {}, "question_gone"};
}

}  // namespace

Result<HttpReply> show_answers(Visit& visit) { return page(visit); }

Result<HttpReply> answer_question(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  const auto& question = visit.field("question");
  const auto outcome =
      answer_for_company(visit.store(), book, visit.company->id, question, visit.field("answer"), visit.person->name, visit.now);
  if (!outcome) return outcome.error();
  if (*outcome != Answered::taken) return page(visit, {problem_of(*outcome), question});
  if (auto told = record(visit, "answer.give", question, before_of(company_answer((*held)->declarations, question)), visit.field("answer"));
      !told)
    return told.error();
  return see_other(place(visit) + "#q-" + question);
}

Result<HttpReply> withdraw_answer(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  const auto& question = visit.field("question");
  const auto outcome = withdraw_for_company(visit.store(), book, visit.company->id, question, visit.now);
  if (!outcome) return outcome.error();
  if (*outcome != Answered::taken) return page(visit, {problem_of(*outcome), question});
  if (auto told = record(visit, "answer.withdraw", question, before_of(company_answer((*held)->declarations, question))); !told)
    return told.error();
  return see_other(place(visit) + "#q-" + question);
}

Result<HttpReply> answer_things(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  auto chosen = chosen_things(visit, **held);
  if (!chosen) return chosen.error();
  if (!chosen->problem.empty()) return page(visit, {chosen->problem, visit.field("question")});
  for (const auto& one : chosen->devices) {
    const auto outcome =
        answer_for_device(visit.store(), book, one, chosen->question, visit.field("answer"), visit.person->name, visit.now);
    if (!outcome) return outcome.error();
    if (*outcome != Answered::taken) return page(visit, {problem_of(*outcome), visit.field("question")});
    const auto thing = chosen->question.check + (chosen->question.about.empty() ? "" : " " + chosen->question.about);
    if (auto told = record(visit, "answer.give_pc", one.device.shown_name(), before_of(one.answer), thing + ": " + visit.field("answer"));
        !told)
      return told.error();
  }
  return see_other(place(visit) + "#q-" + visit.field("question"));
}

Result<HttpReply> withdraw_things(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  auto chosen = chosen_things(visit, **held);
  if (!chosen) return chosen.error();
  // PCs that were not answered for may be ticked beside those that were.
  std::erase_if(chosen->devices, [](const AskedDevice& one) { return !one.answer; });
  if (chosen->problem.empty() && chosen->devices.empty()) chosen->problem = "answer_gone";
  if (!chosen->problem.empty()) return page(visit, {chosen->problem, visit.field("question")});
  for (const auto& one : chosen->devices) {
    const auto outcome = withdraw_for_device(visit.store(), book, one, visit.now);
    if (!outcome) return outcome.error();
    const auto thing = chosen->question.check + (chosen->question.about.empty() ? "" : " " + chosen->question.about);
    if (auto told = record(visit, "answer.withdraw_pc", one.device.shown_name(), thing + ": " + before_of(one.answer)); !told)
      return told.error();
  }
  return see_other(place(visit));
}

}  // namespace gokajo::hub
