#include "hub/diagnosis/result.h"

#include <algorithm>

namespace gokajo::hub {

namespace {

std::optional<PersonAnswer> answer_to(const std::map<std::int64_t, PersonAnswer>& answers, std::int64_t number) {
  const auto found = answers.find(number);
  return found == answers.end() ? std::nullopt : std::optional(found->second);
}

// The most that may be claimed beside what PCs show. Levels stand from the best to the worst.
Level most_possible(const MachineAnswer& machine) {
  if (!machine.contradicts) return Level::done;
  return machine.level == Level::not_done ? Level::not_done : Level::partly;
}

void decide(QuestionResult& result) {
  const auto& machine = result.machine;
  const auto& person = result.person;
  if (!person || (person->level == Level::unsure && machine.level)) {
    result.counted = machine.level;
    result.ground = machine.level ? Ground::machine : Ground::nobody;
    return;
  }
  result.counted = std::max(person->level, most_possible(machine));
  result.ground = result.counted == person->level ? Ground::person : Ground::person_less;
}

// That PCs cannot see all of it is no disagreement; that some fail where 実施している was said, and that less was said than they show, is
// one.
bool differ(const QuestionResult& one) {
  if (!one.person) return false;
  const auto& machine = one.machine;
  const bool failing = std::find(machine.short_of.begin(), machine.short_of.end(), Shortfall::failing) != machine.short_of.end();
  return one.ground == Ground::person_less || (one.person->level == Level::done && failing) ||
         (machine.level && one.person->level > *machine.level);
}

}  // namespace

DiagnosisResult diagnosis_result(const DiagnosisSheet& sheet, const CompanyFacts& facts, const PersonAnswers& people) {
  DiagnosisResult result;
  for (const auto& part : sheet.parts) result.parts.push_back({&part, 0, (part.last - part.first + 1) * sheet.points.done});
  for (const auto& question : sheet.questions) {
    QuestionResult one{&question, machine_answer(question, facts), answer_to(people.counting, question.number), std::nullopt, {}, {}, 0,
                       false};
    if (!one.person) one.ended = answer_to(people.ended, question.number);
    decide(one);
    one.points = one.counted ? sheet.points.of(*one.counted) : 0;
    one.differ = differ(one);
    if (one.counted) ++result.answered;
    result.total += one.points;
    result.parts[static_cast<std::size_t>(question.part - 1)].points += one.points;
    result.questions.push_back(std::move(one));
  }
  for (const auto& part : result.parts) result.most += part.most;
  if (result.answered == static_cast<std::int64_t>(sheet.questions.size()))
    for (const auto& band : sheet.bands)
      if (band.least <= result.total && result.total <= band.most) result.band = &band;
  return result;
}

}  // namespace gokajo::hub
