#include "hub/declaring/to_do.h"

#include <algorithm>

#include "hub/answers.h"
#include "hub/declaration_id.h"

namespace gokajo::hub {

using platform::Status;

namespace {

// Neither the id of a check nor that of a pack's question, which may hold no such pair of words.
constexpr std::string_view kQuestion = "declaring.";
constexpr const char* kDone = "done";

std::string name_of(DeclaringStep step) { return boost::describe::enum_to_string(step, ""); }

std::string day_text(Time time) { return platform::format_time(time).substr(0, 10); }

bool has_star(const CompanySheet& sheet, std::int64_t star) {
  return sheet.star >= star && form_of_declaration(sheet.declaration) != DeclarationForm::none;
}

DoneBy by_sheet(bool done) { return done ? DoneBy::sheet : DoneBy::nobody; }

DoneBy done_by(DeclaringStep step, const DeclaringFacts& facts, const std::string& today) {
  const auto& sheet = facts.sheet;
  if (step == DeclaringStep::policy && facts.published && is_published(*facts.published)) return DoneBy::page;
  if (is_said_by_person(step) && facts.counting.contains(step)) return DoneBy::person;
  switch (step) {
    case DeclaringStep::gbizid:
      // One whose end went by lets nobody sign in, whatever was declared with it before.
      return by_sheet(!facts.ended.contains(step) && has_star(sheet, 1) &&
                      form_of_declaration(sheet.declaration) == DeclarationForm::since_april_2026);
    case DeclaringStep::rules:
    case DeclaringStep::star_one:
      return by_sheet(has_star(sheet, 1));
    case DeclaringStep::star_two:
      return by_sheet(has_star(sheet, 2));
    case DeclaringStep::questions:
      return facts.questions > 0 && facts.questions_answered == facts.questions ? DoneBy::answers : DoneBy::nobody;
    case DeclaringStep::review:
      return by_sheet(has_star(sheet, 1) && !sheet.review_on.empty() && sheet.review_on >= today);
    case DeclaringStep::policy:
      break;  // by people and the page alone
  }
  return DoneBy::nobody;
}

std::optional<SaidDone> word_on(const std::map<DeclaringStep, SaidDone>& words, DeclaringStep step) {
  const auto found = words.find(step);
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

// Whether `day` went by on `today`, or comes within so many days; nullopt: neither, or too long ago.
std::optional<bool> near(const std::string& day, const std::string& today, int days_ahead) {
  const auto when = platform::parse_time(day), now = platform::parse_time(today);
  if (!when || !now || *when > *now + platform::Days{days_ahead} || *when < *now - platform::Days{kToldDaysBehind}) return std::nullopt;
  return *when < *now;
}

}  // namespace

bool is_said_by_person(DeclaringStep step) {
  return step == DeclaringStep::gbizid || step == DeclaringStep::rules || step == DeclaringStep::policy;
}

bool is_declaring_word(const compliance::Declaration& declaration) { return declaration.question.starts_with(kQuestion); }

void set_said(const std::vector<KeptDeclaration>& declarations, Time now, DeclaringFacts& facts) {
  for (const auto& kept : declarations) {
    const auto& one = kept.declaration;
    DeclaringStep step{};
    if (!kept.device.empty() || kept.withdrawn || !is_declaring_word(one) || one.answer != kDone) continue;
    if (!boost::describe::enum_from_string(one.question.substr(kQuestion.size()).c_str(), step) || !is_said_by_person(step)) continue;
    (has_ended(kept, now) ? facts.ended : facts.counting).insert_or_assign(step, SaidDone{one.who, one.answered_at, one.valid_until});
  }
}

Status say_step(Store& store, const std::string& tenant, DeclaringStep step, const std::optional<SaidDone>& word, const std::string& who,
                Time now) {
  const auto declarations = store.declarations(tenant);
  if (!declarations) return declarations.error();
  DeclaringFacts before;
  set_said(*declarations, now, before);
  const auto counting = word_on(before.counting, step);
  // One that has ended is taken back, too: the account may be gone for good.
  const auto old = counting ? counting : word_on(before.ended, step);
  if (!word && !old) return platform::Done{};
  const auto& kept = word ? *word : *old;
  const auto put = store.put_declaration(
      tenant,
      {"", {std::string(kQuestion) + name_of(step), "", kDone, kept.who, kept.at, kept.until}, word ? std::nullopt : std::optional(now)});
  if (!put) return put;
  return store.add_deed(
      {tenant, now, who, "declaring.said", name_of(step), old ? day_text(old->until) : "", word ? day_text(word->until) : ""});
}

std::vector<DeclaringState> declaring_to_do(const DeclaringSteps& steps, const DeclaringFacts& facts, const std::string& today) {
  std::vector<DeclaringState> states;
  for (const auto& step : steps.steps)
    states.push_back({&step, done_by(step.id, facts, today), word_on(facts.counting, step.id), word_on(facts.ended, step.id)});
  return states;
}

bool is_ready_for(std::int64_t star, const std::vector<DeclaringState>& states) {
  const auto declares = star == 1 ? DeclaringStep::star_one : DeclaringStep::star_two;
  return std::all_of(states.begin(), states.end(), [&](const DeclaringState& state) {
    const auto& step = *state.step;
    return state.done() || step.star > star || step.id == declares || step.id == DeclaringStep::star_one ||
           step.id == DeclaringStep::review;
  });
}

std::vector<DeclaringReminder> declaring_reminders(const DeclaringFacts& facts, const std::string& today) {
  std::vector<DeclaringReminder> reminders;
  const auto add = [&](DeclaringReminderOf of, const std::string& day, int days_ahead) {
    if (const auto over = near(day, today, days_ahead)) reminders.push_back({of, day, *over});
  };
  for (const auto* words : {&facts.counting, &facts.ended})
    if (const auto gbizid = word_on(*words, DeclaringStep::gbizid))
      add(DeclaringReminderOf::gbizid, day_text(gbizid->until), kGbizIdDaysAhead);
  if (facts.sheet.star > 0) add(DeclaringReminderOf::review, facts.sheet.review_on, kReviewDaysAhead);
  // A PDF, or what this program cannot read, says nothing against it.
  if (facts.published && !is_published(*facts.published) && *facts.published != Published::unreadable)
    reminders.push_back({DeclaringReminderOf::page, facts.looked_on, true});
  // That it is still published was looked at by a person a year ago; before, there is nothing to do.
  const bool found = facts.published && is_published(*facts.published);
  if (const auto policy = word_on(facts.ended, DeclaringStep::policy); policy && !found)
    add(DeclaringReminderOf::policy, day_text(policy->until), 0);
  return reminders;
}

}  // namespace gokajo::hub
