#include "hub/diagnosis/next_steps.h"

#include <algorithm>
#include <tuple>

namespace gokajo::hub {

namespace {

bool has(const MachineAnswer& machine, Shortfall one) {
  return std::find(machine.short_of.begin(), machine.short_of.end(), one) != machine.short_of.end();
}

// Of a question that PCs may answer in full and did not.
StepKind of_machine(const MachineAnswer& machine) {
  if (has(machine, Shortfall::failing)) return StepKind::fix;
  if (has(machine, Shortfall::unmeasured) || has(machine, Shortfall::asking) || has(machine, Shortfall::silent)) return StepKind::hear_all;
  if (has(machine, Shortfall::not_all_registered)) return StepKind::register_all;
  return has(machine, Shortfall::outside_open) ? StepKind::tell_outside : StepKind::do_it;
}

StepKind kind_of(const QuestionResult& one) {
  if (one.ground == Ground::person_less) return has(one.machine, Shortfall::failing) ? StepKind::fix : StepKind::do_it;
  if (one.ground == Ground::nobody) return StepKind::answer;
  if (one.ground == Ground::machine) return one.question->ceiling == Ceiling::done ? of_machine(one.machine) : StepKind::answer;
  if (one.machine.level && *one.counted > *one.machine.level) return StepKind::agree;
  return one.counted == Level::unsure ? StepKind::find_out : StepKind::do_it;
}

std::vector<CheckProof> failing_of(const MachineAnswer& machine) {
  std::vector<CheckProof> failing;
  for (const auto& proof : machine.proof)
    if (proof.decides && proof.seen.failing > 0) failing.push_back(proof);
  std::stable_sort(failing.begin(), failing.end(),
                   [](const CheckProof& a, const CheckProof& b) { return a.seen.failing > b.seen.failing; });
  return failing;
}

}  // namespace

std::vector<NextStep> next_steps(const DiagnosisSheet& sheet, const DiagnosisResult& result) {
  std::vector<NextStep> steps;
  NextStep answers{StepKind::answer, {}, 0, {}};
  for (const auto& one : result.questions) {
    const auto missing = sheet.points.done - one.points;
    if (missing <= 0) continue;
    const auto kind = kind_of(one);
    if (kind == StepKind::answer) {
      answers.questions.push_back(one.question);
      answers.points += missing;
      continue;
    }
    steps.push_back({kind, {one.question}, missing, kind == StepKind::fix ? failing_of(one.machine) : std::vector<CheckProof>{}});
  }
  if (!answers.questions.empty()) steps.push_back(std::move(answers));
  std::stable_sort(steps.begin(), steps.end(), [](const NextStep& a, const NextStep& b) {
    return std::tuple(-a.points, a.kind, a.questions.front()->number) < std::tuple(-b.points, b.kind, b.questions.front()->number);
  });
  return steps;
}

}  // namespace gokajo::hub
