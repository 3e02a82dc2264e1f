// 自社診断: points, what to do next, what counts for each of the 25 questions and why, and earlier results.
#include "compliance/wording.h"
#include "hub/export/pdf.h"
#include "hub/web/diagnosis_parts.h"
#include "hub/web/handlers.h"
#include "hub/web/permission.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::size_t kStepsShown = 5;

std::string signed_number(std::int64_t number) { return (number > 0 ? "+" : "") + std::to_string(number); }

std::string points_text(const Visit& visit, std::int64_t points, std::int64_t most) {
  return sentence(visit, "diagnosis.points_of", {{"n", std::to_string(points)}, {"most", std::to_string(most)}});
}

// The points of the last day before this one on which some were kept.
void set_since(const Visit& visit, const DiagnosisView& view, PageData& data) {
  for (const auto& past : view.past) {
    const auto day = day_of(visit, past.at);
    if (day == day_of(visit, visit.now)) continue;
    const auto more = view.result.total - past.total;
    data.set("since", more == 0 ? sentence(visit, "diagnosis.since_same", {{"day", day}})
                                : sentence(visit, "diagnosis.since", {{"day", day}, {"n", signed_number(more)}}));
    return;
  }
}

void set_answer(const Visit& visit, const DiagnosisView& view, PageData& data) {
  const auto& result = view.result;
  data.set("total", points_text(visit, result.total, result.most));
  const auto open = static_cast<std::int64_t>(result.questions.size()) - result.answered;
  if (open > 0) data.set("open", sentence(visit, "diagnosis.open", {{"n", std::to_string(open)}}));
  if (result.band) {
    data.set("band", result.band->meaning.in(visit.language));
    data.set("band_edition", result.band->edition.in(visit.language));
  }
  data.set("class", open > 0 ? "" : result.total == result.most ? "good" : result.band && result.band->least < 0 ? "bad" : "");
  PageData parts = new_list();
  for (const auto& part : result.parts) {
    PageData one;
    one.set("name", part.part->name.in(visit.language));
    one.set("points", points_text(visit, part.points, part.most));
    parts << one;
  }
  data.set("parts", parts);
  set_since(visit, view, data);
}

// One sentence for a step, and the page on which it is done.
PageData step_data(const Visit& visit, const compliance::Pack& pack, const NextStep& step) {
  const auto& question = *step.questions.front();
  const auto theme = question.theme.in(visit.language);
  const bool manages = visit.role && may(*visit.role, Need::manage);
  const auto place = company_path(visit);
  PageData data;
  const auto tell = [&](const char* key, std::map<std::string, std::string> values, const std::string& href, bool may_open) {
    values.emplace("theme", theme);
    data.set("text", sentence(visit, key, values));
    if (may_open) data.set("href", place + href);
  };
  switch (step.kind) {
    case StepKind::answer:
      tell("diagnosis.step_answer", {{"n", std::to_string(step.questions.size())}}, "/diagnosis/answers#" + place_of(question), manages);
      break;
    case StepKind::agree:
      tell("diagnosis.step_agree", {}, "/diagnosis/answers#" + place_of(question), manages);
      break;
    case StepKind::tell_outside:
      for (const auto& asked : pack.questions)
        if (asked.id == question.outside)
          tell("diagnosis.step_tell_outside", {{"ask", asked.ask.in(visit.language)}}, "/answers#q-" + asked.id, true);
      break;
    case StepKind::register_all:
      tell("diagnosis.step_register_all", {}, "/sheet", manages);
      break;
    case StepKind::hear_all:
      tell("diagnosis.step_hear_all", {}, "/checks", true);
      break;
    case StepKind::fix:
      tell("diagnosis.step_fix",
           {{"check", step.failing.empty() ? theme : check_name(visit, step.failing.front().check)},
            {"n", std::to_string(step.failing.empty() ? 0 : step.failing.front().seen.failing)}},
           step.failing.empty() ? "/checks" : "/checks/" + check_in_path(step.failing.front().check), true);
      break;
    case StepKind::find_out:
      tell("diagnosis.step_find_out", {{"what", question.person_says.in(visit.language)}}, "/diagnosis/answers#" + place_of(question),
           manages);
      break;
    case StepKind::do_it:
      tell("diagnosis.step_do_it", {{"what", question.person_says.in(visit.language)}}, "/diagnosis/answers#" + place_of(question),
           manages);
      break;
  }
  data.set("gain", sentence(visit, "diagnosis.gain", {{"n", std::to_string(step.points)}}));
  return data;
}

const char* ground_key(Ground ground) {
  switch (ground) {
    case Ground::machine:
      return "diagnosis.by_pcs";
    case Ground::person:
      return "diagnosis.by_person";
    case Ground::person_less:
      return "diagnosis.by_person_less";
    case Ground::nobody:
      break;
  }
  return "diagnosis.by_nobody";
}

PageData question_data(const Visit& visit, const DiagnosisView& view, const QuestionResult& one) {
  auto data = machine_data(visit, view, one);
  const auto& question = *one.question;
  data.set("place", place_of(question));
  data.set("number", std::to_string(question.number));
  data.set("theme", question.theme.in(visit.language));
  data.set("ask", question.ask.in(visit.language));
  data.set("sees", question.sees.in(visit.language));
  data.set("counted", one.counted ? level_text(visit, *one.counted) : page_word("diagnosis.unanswered", visit.language));
  data.set("points", sentence(visit, "diagnosis.points", {{"n", std::to_string(one.points)}}));
  data.set("ground", page_word(ground_key(one.ground), visit.language));
  data.set("class", !one.counted ? "quiet" : one.counted == Level::done ? "good" : one.counted == Level::partly ? "open" : "bad");
  if (one.differ) data.set("differ", yes());
  set_person(visit, one, data);
  return data;
}

void set_questions(const Visit& visit, const DiagnosisView& view, PageData& data) {
  PageData parts = new_list();
  for (const auto& part : view.result.parts) {
    PageData group, questions = new_list();
    group.set("name", part.part->name.in(visit.language));
    group.set("points", points_text(visit, part.points, part.most));
    for (const auto& one : view.result.questions)
      if (one.question->part == part.part->number) questions << question_data(visit, view, one);
    group.set("questions", questions);
    parts << group;
  }
  data.set("groups", parts);
}

void set_past(const Visit& visit, const DiagnosisView& view, PageData& data) {
  PageData past = new_list();
  for (const auto& result : view.past) {
    PageData row;
    row.set("day", day_of(visit, result.at));
    row.set("total", std::to_string(result.total));
    std::string parts;
    for (const auto points : result.parts) parts += (parts.empty() ? "" : " + ") + std::to_string(points);
    row.set("parts", parts);
    row.set("answered", std::to_string(result.answered) + " / " + std::to_string(result.asked));
    row.set("who", shown(result.who));
    past << row;
  }
  if (!view.past.empty()) data.set("has_past", yes());
  data.set("past", past);
}

void set_about(const Visit& visit, const DiagnosisSheet& sheet, PageData& data) {
  data.set("official", sheet.official);
  data.set("edition", sheet.edition_name.in(visit.language));
  data.set("valid", sentence(visit, "diagnosis.valid", {{"n", std::to_string(sheet.valid_months)}}));
  PageData notes = new_list(), levels = new_list();
  for (const auto& note : sheet.notes) {
    PageData one;
    one.set("text", note.in(visit.language));
    notes << one;
  }
  for (const auto level : {Level::done, Level::partly, Level::not_done, Level::unsure}) {
    PageData one;
    one.set("name", level_text(visit, level));
    one.set("points", sentence(visit, "diagnosis.points", {{"n", std::to_string(sheet.points.of(level))}}));
    levels << one;
  }
  data.set("notes", notes);
  data.set("levels", levels);
}

}  // namespace

Result<HttpReply> show_diagnosis(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  const auto view = diagnosis_view(visit.store(), **held, visit.now);
  if (!view) return view.error();
  PageData data;
  set_answer(visit, *view, data);
  PageData steps = new_list();
  for (std::size_t i = 0; i < view->steps.size() && i < kStepsShown; ++i) steps << step_data(visit, (*held)->pack, view->steps[i]);
  data.set("steps", steps);
  if (!view->steps.empty()) data.set("has_steps", yes());
  if (view->steps.size() > kStepsShown)
    data.set("more_steps", sentence(visit, "diagnosis.more_steps", {{"n", std::to_string(view->steps.size() - kStepsShown)}}));
  set_questions(visit, *view, data);
  set_past(visit, *view, data);
  set_about(visit, *view->sheet, data);
  if (can_write_pdf()) data.set("pdf", yes());
  data.set("made_on", sentence(visit, "company.made_on", {{"day", day_of(visit, visit.now)}}));
  data.set("counted_pcs", view->facts.stated
                              ? sentence(visit, "company.registered",
                                         {{"n", std::to_string(view->facts.registered)}, {"all", std::to_string(*view->facts.stated)}})
                              : sentence(visit, "company.registered_only", {{"n", std::to_string(view->facts.registered)}}));
  return show(visit, "diagnosis.html", "diagnosis.title", data);
}

}  // namespace gokajo::hub
