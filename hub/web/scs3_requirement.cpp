// One requirement of SCS ★3: what PCs show of each of its criteria, and what people answer.
#include <algorithm>

#include "hub/scs3/answers.h"
#include "hub/web/diagnosis_parts.h"
#include "hub/web/handlers.h"
#include "hub/web/scs3_parts.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Result;

namespace {

constexpr const char* kNoAnswer = "none";
constexpr Level kLevels[] = {Level::done, Level::partly, Level::not_done, Level::unsure};

std::string word_of(Level level) { return boost::describe::enum_to_string(level, ""); }

const char* gap_key(ScsGap gap) {
  switch (gap) {
    case ScsGap::no_pcs:
      return "scs.gap_no_pcs";
    case ScsGap::no_number:
      return "scs.gap_no_number";
    case ScsGap::not_registered:
      return "scs.gap_not_registered";
    case ScsGap::silent:
      return "scs.gap_silent";
    case ScsGap::mixed:
      return "scs.gap_mixed";
    case ScsGap::other_settings:
      return "scs.gap_other_settings";
    case ScsGap::unmeasured:
      return "scs.gap_unmeasured";
    case ScsGap::asking:
      return "scs.gap_asking";
    case ScsGap::needs_failing:
      return "scs.gap_needs_failing";
    case ScsGap::no_inventory:
      break;
  }
  return "scs.gap_no_inventory";
}

// What PCs show of one check.
PageData check_data(const Visit& visit, const ScsView& view, const std::string& check, bool beside) {
  const auto seen = view.ground.pcs.checks.find(check);
  const CheckProof proof{check, !beside, seen == view.ground.pcs.checks.end() ? CheckSeen{} : seen->second};
  auto data = proof_data(visit, proof, beside ? FailingPcs{} : view.failing);
  if (view.ground.other_settings.contains(check)) data.set("otherwise", yes());
  return data;
}

void set_pcs(const Visit& visit, const ScsView& view, const ScsState& state, PageData& data) {
  const auto& criterion = *state.criterion;
  PageData checks = new_list(), gaps = new_list();
  for (const auto& check : criterion.decides) checks << check_data(visit, view, check, false);
  for (const auto& check : criterion.needs) checks << check_data(visit, view, check, false);
  for (const auto& check : criterion.beside) checks << check_data(visit, view, check, true);
  if (state.pcs) {
    const auto standing = state.pcs->standing;
    data.set("pcs_say", page_word(standing == ScsStanding::met       ? "scs.pcs_met"
                                  : standing == ScsStanding::failing ? "scs.pcs_failing"
                                                                     : "scs.pcs_open",
                                  visit.language));
    for (const auto gap : state.pcs->gaps) gaps << PageData{"text", page_word(gap_key(gap), visit.language)};
  } else {
    data.set("pcs_say", page_word(criterion.shown == ScsShown::person ? "scs.pcs_nothing" : "scs.pcs_beside", visit.language));
  }
  if (criterion.note) data.set("note", criterion.note->in(visit.language));
  if (criterion.rest) data.set("rest", criterion.rest->in(visit.language));
  // The inventory of software may be switched off, and has no page then.
  if (criterion.page && (*criterion.page != "software" || view.ground.inventory)) {
    data.set("see", company_path(visit) + "/" + *criterion.page);
    data.set("see_text", page_word(*criterion.page == "basic-policy" ? "paper.title"
                                   : *criterion.page == "software"   ? "software.title"
                                   : *criterion.page == "briefings"  ? "briefings.title"
                                                                     : "devices.title",
                                   visit.language));
  }
  if (!checks.list_value().empty()) data.set("has_checks", yes());
  if (!gaps.list_value().empty()) data.set("has_gaps", yes());
  data.set("checks", checks);
  data.set("gaps", gaps);
}

PageData criterion_data(const Visit& visit, const ScsView& view, const ScsState& state, bool refused) {
  const auto& criterion = *state.criterion;
  PageData data;
  data.set("place", place_of(criterion));
  data.set("id", criterion.id);
  data.set("text", criterion.text.in(visit.language));
  data.set("verdict", verdict_text(visit, state.verdict));
  data.set("class", verdict_class(state.verdict));
  if (state.verdict == Verdict::pass && criterion.asks_person()) data.set("self_declared", yes());
  data.set("kind", sentence(visit, "scs.kind",
                            {{"kind", page_word(criterion.shown == ScsShown::machine  ? "scs.kind_machine"
                                                : criterion.shown == ScsShown::partly ? "scs.kind_partly"
                                                                                      : "scs.kind_person",
                                                visit.language)}}));
  if (criterion.confidence != Confidence::high) data.set("second_hand", yes());
  set_pcs(visit, view, state, data);
  if (!criterion.asks_person()) return data;
  data.set("asks", yes());
  if (state.said) data.set("said", answer_data(visit, *state.said));
  if (state.ended && !state.said) data.set("ended", answer_data(visit, *state.ended));
  if (!state.said && !state.ended) data.set("open", yes());
  PageData choices = new_list();
  const auto chosen = refused ? visit.field(criterion.id) : state.said ? word_of(state.said->level) : "";
  const auto add = [&](const std::string& value, const std::string& text) {
    PageData one;
    one.set("value", value);
    one.set("choice_id", criterion.id + "-" + value);
    one.set("choice_text", text);
    if (value == chosen) one.set("chosen", yes());
    choices << one;
  };
  for (const auto level : kLevels) add(word_of(level), level_text(visit, level));
  if (state.said) add(kNoAnswer, page_word("diagnosis.take_back", visit.language));
  data.set("choices", choices);
  return data;
}

const ScsRequirement* requirement_of(const Visit& visit) { return scs_facts().requirement(visit.parameters.at("requirement")); }

// What a form was filled in upon: it must not overwrite what somebody else answered since.
std::string seen_of(const Visit& visit, const ScsView& view, const ScsRequirement& requirement) {
  std::string all = visit.company->id + "\n" + requirement.id;
  for (const auto& state : view.states)
    if (state.criterion->requirement == requirement.id && state.said)
      all += "\n" + state.criterion->id + " " + word_of(state.said->level) + " " + platform::format_time(state.said->answered_at) + " " +
             state.said->who;
  return visit.parts.pepper.hash("scs3", all).substr(0, 24);
}

HttpReply requirement_page(const Visit& visit, const ScsView& view, const ScsRequirement& requirement, const std::string& problem = {}) {
  PageData data, criteria = new_list(), previous = new_list(), next = new_list();
  for (const auto& state : view.states)
    if (state.criterion->requirement == requirement.id) criteria << criterion_data(visit, view, state, !problem.empty());
  const auto& all = view.facts->requirements;
  const auto at = static_cast<std::size_t>(&requirement - all.data());
  const auto link = [&](const ScsRequirement& one) {
    PageData data_of{"href", scs_path(visit, one.id)};
    data_of.set("text", one.id + " " + one.title.in(visit.language));
    return data_of;
  };
  if (at > 0) previous << link(all[at - 1]);
  if (at + 1 < all.size()) next << link(all[at + 1]);
  data.set("criteria", criteria);
  data.set("previous", previous);
  data.set("next", next);
  data.set("requirement", requirement.id);
  data.set("seen", seen_of(visit, view, requirement));
  data.set("valid", sentence(visit, "scs.valid", {{"n", std::to_string(view.facts->valid_months)}}));
  for (const auto& state : view.states)
    if (state.criterion->requirement == requirement.id && state.criterion->asks_person()) data.set("asks_any", yes());
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show_named(visit, "scs3_requirement.html", requirement.id + " " + requirement.title.in(visit.language), data,
                    problem.empty() ? 200 : 422);
}

// What differs from the answers that count; nullopt where a choice is none.
std::optional<ScsChanges> changes_in(const Visit& visit, const ScsView& view, const ScsRequirement& requirement) {
  ScsChanges changes;
  for (const auto& state : view.states) {
    const auto& id = state.criterion->id;
    if (state.criterion->requirement != requirement.id || !state.criterion->asks_person()) continue;
    const auto& typed = visit.field(id);
    Level level{};
    if (typed.empty()) continue;
    if (typed == kNoAnswer) {
      if (state.said) changes.emplace(id, std::nullopt);
    } else if (!boost::describe::enum_from_string(typed.c_str(), level)) {
      return std::nullopt;
    } else if (!state.said || state.said->level != level || visit.form.contains("renew")) {
      changes.emplace(id, level);
    }
  }
  return changes;
}

}  // namespace

Result<HttpReply> show_scs_requirement(Visit& visit) {
  const auto* requirement = requirement_of(visit);
  if (!requirement) return message_page(visit, 404, "no_requirement");
  const auto view = scs_view_of(visit);
  if (!view) return view.error();
  return requirement_page(visit, *view, *requirement);
}

Result<HttpReply> answer_scs(Visit& visit) {
  const auto* requirement = requirement_of(visit);
  if (!requirement) return message_page(visit, 404, "no_requirement");
  const auto view = scs_view_of(visit);
  if (!view) return view.error();
  if (visit.field("seen") != seen_of(visit, *view, *requirement)) return requirement_page(visit, *view, *requirement, "scs_changed");
  const auto changes = changes_in(visit, *view, *requirement);
  if (!changes) return requirement_page(visit, *view, *requirement, "answer_none");
  if (auto taken = take_scs_answers(visit.store(), *view->facts, *visit.company, *changes, visit.person->name, visit.now); !taken)
    return taken.error();
  return see_other(scs_path(visit, requirement->id));
}

}  // namespace gokajo::hub
