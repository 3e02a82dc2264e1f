// ★の宣言: from nothing to one star and two, step by step, with the days that come near and the subsidies that ask for a star.
#include "hub/answers.h"
#include "hub/company_change.h"
#include "hub/company_overview.h"
#include "hub/declaration_id.h"
#include "hub/declaring/facts_from_store.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"
#include "hub/web/permission.h"

namespace gokajo::hub {

using platform::Result;

namespace {

// Accounts end within a few years; a slip of the pen would be told of never.
constexpr platform::Days kFarthestEnd{5 * 366};

std::string place(const Visit& visit) { return company_path(visit) + "/declaring"; }

bool manages(const Visit& visit) { return visit.role && may(*visit.role, Need::manage); }

std::string number(std::int64_t n) { return std::to_string(n); }

// A day of the company, or of the data.
std::string long_day(const Visit& visit, const std::string& day) {
  const auto time = platform::parse_time(day);
  return time ? compliance::render_day(*time, visit.language, {0, {}}) : shown(day);
}

// "2026年11月時点" of "2026-11-22".
std::string as_of(const Visit& visit, const std::string& day) {
  const auto month = day.substr(5, 2);
  return sentence(visit, "declaring.as_of", {{"year", day.substr(0, 4)}, {"month", month.starts_with('0') ? month.substr(1) : month}});
}

void set_certainty(const Visit& visit, Confidence confidence, PageData& data) {
  if (confidence == Confidence::high) return;
  data.set("certainty", page_word(confidence == Confidence::low ? "declaring.low" : "declaring.medium", visit.language));
}

PageData hint_data(const Visit& visit, const DeclaringHint& hint) {
  PageData data;
  data.set("text", hint.text.in(visit.language));
  // What is medium says of itself that it is said so; the heading tells what that means.
  if (hint.confidence == Confidence::low) set_certainty(visit, hint.confidence, data);
  return data;
}

// The declaration as it stands on the company sheet.
std::string declared(const Visit& visit, const CompanySheet& sheet, std::int64_t star) {
  if (sheet.star < star) return page_word("declaring.not_noted", visit.language);
  const auto form = form_of_declaration(sheet.declaration);
  if (form == DeclarationForm::none) return page_word("declaring.no_id", visit.language);
  auto text = sentence(visit, form == DeclarationForm::since_april_2026 ? "declaring.id_new" : "declaring.id_old",
                       {{"id", shown(sheet.declaration)}});
  if (!sheet.declared_on.empty()) text += sentence(visit, "declaring.declared_on", {{"day", long_day(visit, sheet.declared_on)}});
  return text;
}

// What the hub itself knows of a step: why it is done, or what is missing.
std::string known(const Visit& visit, const DeclaringView& view, const DeclaringState& state) {
  const auto& sheet = view.facts.sheet;
  switch (state.step->id) {
    case DeclaringStep::questions:
      return sentence(visit, "declaring.questions",
                      {{"n", number(view.facts.questions_answered)},
                       {"all", number(view.facts.questions)},
                       {"points", number(view.diagnosis.total)},
                       {"most", number(view.diagnosis.most)}});
    case DeclaringStep::star_one:
      return declared(visit, sheet, 1);
    case DeclaringStep::star_two:
      return declared(visit, sheet, 2);
    case DeclaringStep::review:
      return sheet.review_on.empty() ? page_word("declaring.no_review", visit.language)
                                     : sentence(visit, "declaring.review_on", {{"day", long_day(visit, sheet.review_on)}});
    case DeclaringStep::gbizid:
      return state.by == DoneBy::sheet ? page_word("declaring.gbizid_by_id", visit.language) : "";
    case DeclaringStep::rules: {
      const auto pcs = view.pcs.stated
                           ? sentence(visit, "declaring.pcs", {{"n", number(view.pcs.registered)}, {"all", number(*view.pcs.stated)}})
                           : sentence(visit, "declaring.pcs_only", {{"n", number(view.pcs.registered)}});
      return (state.by == DoneBy::sheet ? page_word("declaring.rules_by_star", visit.language) : "") + pcs;
    }
    case DeclaringStep::policy:
      if (!view.facts.published) break;
      return sentence(visit, is_published(*view.facts.published) ? "declaring.policy_found" : "declaring.policy_not_found",
                      {{"day", long_day(visit, view.facts.looked_on)}});
  }
  return {};
}

// Where the step is taken, and what that place is called.
std::pair<std::string, const char*> page_of(const Visit& visit, DeclaringStep step) {
  const auto base = company_path(visit);
  switch (step) {
    case DeclaringStep::rules:
      return {base, "declaring.to_rules"};
    case DeclaringStep::questions:
      return {base + (manages(visit) ? "/diagnosis/answers" : "/diagnosis"), "declaring.to_questions"};
    case DeclaringStep::star_one:
    case DeclaringStep::star_two:
      if (manages(visit)) return {base + "/sheet#declaration", "declaring.to_sheet"};
      break;
    case DeclaringStep::review:
      if (manages(visit)) return {base + "/sheet#review_on", "declaring.to_review"};
      break;
    case DeclaringStep::policy:
      return {base + "/basic-policy", "declaring.to_policy"};
    case DeclaringStep::gbizid:
      break;
  }
  return {};
}

PageData word_data(const Visit& visit, const SaidDone& said) {
  PageData data;
  data.set("who", shown(said.who));
  data.set("day", day_of(visit, said.at));
  // A day of the company already.
  data.set("until", compliance::render_day(said.until, visit.language, {0, {}}));
  return data;
}

// Each rule's verdict, which decides nothing here: a star may be declared while something needs action.
PageData verdicts(const Visit& visit, const CompanyOverview& overview) {
  PageData list = new_list();
  for (const auto& tile : overview.tiles) {
    PageData one;
    one.set("text", number(tile.number) + " " + tile.name.in(visit.language));
    one.set("verdict", verdict_text(visit, tile.verdict));
    one.set("class", verdict_class(tile.verdict));
    list << one;
  }
  return list;
}

PageData step_data(const Visit& visit, const DeclaringView& view, const DeclaringState& state, bool next) {
  const auto& step = *state.step;
  PageData data, hints = new_list();
  data.set("id", boost::describe::enum_to_string(step.id, ""));
  data.set("text", step.text.in(visit.language));
  data.set("number", number(static_cast<std::int64_t>(step.id) + 1));
  data.set("state", page_word(state.done() ? "declaring.done" : "declaring.open", visit.language));
  data.set("class", state.done() ? "good" : "open");
  if (next) data.set("next", yes());
  if (const auto text = known(visit, view, state); !text.empty()) data.set("known", text);
  if (const auto [href, text] = page_of(visit, step.id); !href.empty()) {
    data.set("href", href);
    data.set("href_text", page_word(text, visit.language));
  }
  if (state.said) data.set("said", word_data(visit, *state.said));
  if (state.ended) data.set("ended", word_data(visit, *state.ended));
  if (is_said_by_person(step.id) && manages(visit)) {
    data.set("by_person", yes());
    data.set("say", page_word(state.said || state.ended ? "declaring.say_again" : "declaring.say_done", visit.language));
    if (state.said || state.ended) data.set("may_take_back", yes());
    if (step.id == DeclaringStep::gbizid) data.set("has_end", yes());
  }
  for (const auto& hint : step.hints) hints << hint_data(visit, hint);
  data.set("hints", hints);
  return data;
}

PageData reminder_data(const Visit& visit, const DeclaringReminder& reminder) {
  const auto day = long_day(visit, reminder.day);
  switch (reminder.of) {
    case DeclaringReminderOf::gbizid:
      return PageData{"text", sentence(visit, reminder.over ? "declaring.gbizid_over" : "declaring.gbizid_near", {{"day", day}})};
    case DeclaringReminderOf::review:
      return PageData{"text", sentence(visit, reminder.over ? "declaring.review_over" : "declaring.review_near", {{"day", day}})};
    case DeclaringReminderOf::page:
      return PageData{"text", sentence(visit, "declaring.page_gone", {{"day", day}})};
    case DeclaringReminderOf::policy:
      break;
  }
  return PageData{"text", sentence(visit, "declaring.policy_over", {{"day", day}})};
}

PageData subsidy_data(const Visit& visit, const Subsidy& one, const std::string& today) {
  PageData data;
  data.set("name", one.name.in(visit.language));
  data.set("region", one.region.in(visit.language));
  data.set("star", hint_data(visit, one.star));
  if (!one.last_deadline.empty())
    data.set("deadline", sentence(visit, "declaring.last_deadline", {{"day", long_day(visit, one.last_deadline)}}));
  if (one.is_history(today))
    data.set("stale", one.stale ? one.stale_reason.in(visit.language) : page_word("declaring.deadline_over", visit.language));
  return data;
}

PageData source_data(const Visit& visit, const DeclaringSource& source) {
  PageData data;
  data.set("what", source.what.in(visit.language));
  if (!source.address.empty()) data.set("address", source.address);
  set_certainty(visit, source.confidence, data);
  return data;
}

// How far it is to a star, in a sentence.
std::string progress(const Visit& visit, const DeclaringView& view, std::int64_t star) {
  std::int64_t done = 0, all = 0;
  bool declared = false;
  for (const auto& state : view.states) {
    if (state.step->id == DeclaringStep::review || state.step->star != star) continue;
    ++all;
    if (state.done()) ++done;
    if (state.done() && state.step->id == (star == 1 ? DeclaringStep::star_one : DeclaringStep::star_two)) declared = true;
  }
  if (declared) return page_word(star == 1 ? "declaring.declared_one" : "declaring.declared_two", visit.language);
  if (is_ready_for(star, view.states)) return page_word(star == 1 ? "declaring.ready_one" : "declaring.ready_two", visit.language);
  if (done == 0) return sentence(visit, star == 1 ? "declaring.none_one" : "declaring.none_two", {{"all", number(all)}});
  return sentence(visit, star == 1 ? "declaring.progress_one" : "declaring.progress_two", {{"n", number(done)}, {"all", number(all)}});
}

void set_steps(const Visit& visit, const DeclaringView& view, const CompanyOverview& overview, PageData& data) {
  PageData groups = new_list();
  bool found_next = false;
  for (const auto& [title, star] : {std::pair("declaring.group_one", 1), {"declaring.group_two", 2}, {"declaring.group_after", 0}}) {
    PageData group, steps = new_list();
    for (const auto& state : view.states) {
      const bool after = state.step->id == DeclaringStep::review;
      if (star == 0 ? !after : after || state.step->star != star) continue;
      const bool next = !state.done() && !found_next && !after;
      found_next = found_next || next;
      auto one = step_data(visit, view, state, next);
      if (state.step->id == DeclaringStep::rules) {
        one.set("verdicts", verdicts(visit, overview));
        one.set("has_verdicts", yes());
      }
      if (next) {
        data.set("next_id", boost::describe::enum_to_string(state.step->id, ""));
        data.set("next_text", state.step->text.in(visit.language));
        data.set("has_next", yes());
      }
      steps << one;
    }
    group.set("name", page_word(title, visit.language));
    group.set("steps", steps);
    groups << group;
  }
  data.set("groups", groups);
}

void set_subsidies(const Visit& visit, const std::string& today, PageData& data) {
  PageData open = new_list(), history = new_list();
  std::int64_t gone = 0;
  for (const auto& one : subsidies().schemes) {
    (one.is_history(today) ? history : open) << subsidy_data(visit, one, today);
    gone += one.is_history(today) ? 1 : 0;
  }
  data.set("subsidies", open);
  if (open.list_value().empty()) data.set("no_subsidies", yes());
  data.set("history", history);
  data.set("history_title", sentence(visit, "declaring.history", {{"n", number(gone)}}));
  data.set("subsidies_as_of", as_of(visit, subsidies().as_of));
}

Result<HttpReply> page(Visit& visit, const std::string& problem = {}) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  const auto view = declaring_view(visit.store(), **held, visit.now);
  if (!view) return view.error();
  const auto overview = company_overview(visit.store(), visit.company->id, visit.now, visit.parts.library);
  if (!overview) return overview.error();
  PageData data, reminders = new_list(), sources = new_list();
  set_steps(visit, *view, *overview, data);
  for (const auto& one : view->reminders) reminders << reminder_data(visit, one);
  data.set("reminders", reminders);
  data.set("progress_one", progress(visit, *view, 1));
  data.set("progress_two", progress(visit, *view, 2));
  data.set("as_of", as_of(visit, declaring_steps().as_of));
  set_subsidies(visit, company_day(*visit.company, visit.now), data);
  for (const auto* file : {&declaring_steps().sources, &subsidies().sources})
    for (const auto& one : *file) sources << source_data(visit, one);
  data.set("sources", sources);
  if (!problem.empty()) {
    data.set("problem", page_word("problem." + problem, visit.language));
    data.set("until_typed", shown(visit.field("until")));
  }
  return show(visit, "declaring.html", "declaring.title", data, problem.empty() ? 200 : 422);
}

}  // namespace

Result<HttpReply> show_declaring(Visit& visit) { return page(visit); }

Result<HttpReply> say_declaring(Visit& visit) {
  DeclaringStep step{};
  if (!boost::describe::enum_from_string(visit.field("step").c_str(), step) || !is_said_by_person(step)) return page(visit, "step_gone");
  std::optional<SaidDone> word;
  if (visit.field("said") == "done") {
    word = SaidDone{visit.person->name, visit.now, months_later(visit.now, kSaidMonths, visit.company->offset_minutes)};
    if (const auto& typed = visit.field("until"); step == DeclaringStep::gbizid && !typed.empty()) {
      const auto until = platform::parse_time(day_in(typed));
      const Time today{platform::local_day(visit.now, static_cast<int>(visit.company->offset_minutes))};
      if (!until || *until < today || *until > today + kFarthestEnd) return page(visit, "until");
      word->until = *until;
    }
  } else if (visit.field("said") != "open") {
    return page(visit, "step_gone");
  }
  if (auto kept = say_step(visit.store(), visit.company->id, step, word, visit.person->name, visit.now); !kept) return kept.error();
  return see_other(place(visit) + "#step-" + visit.field("step"));
}

}  // namespace gokajo::hub
