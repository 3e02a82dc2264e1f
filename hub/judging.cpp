#include "hub/judging.h"

#include <algorithm>

#include "hub/catching_up.h"
#include "hub/kept_finding.h"
#include "hub/machine.h"
#include "protocol/content.h"

namespace gokajo::hub {

using compliance::Declaration, compliance::Judgement, compliance::Memory, compliance::Verdict;
using platform::Json;

namespace {

bool is_good(Verdict verdict) { return verdict == Verdict::pass || verdict == Verdict::not_applicable; }

// Every fact and finding is observed by `latest`.
void clamp_observations(Json& json, Time latest, const std::string& as_text) {
  if (auto* members = json.get_ptr<Json::object_t*>()) {
    for (auto& [key, member] : *members) {
      if (member.is_structured()) {
        clamp_observations(member, latest, as_text);
      } else if (key == "observed_at" && member.is_string()) {
        const auto time = platform::parse_time(member.get_ref<const std::string&>());
        if (time && *time > latest) member = as_text;
      }
    }
  } else if (auto* elements = json.get_ptr<Json::array_t*>()) {
    for (auto& element : *elements)
      if (element.is_structured()) clamp_observations(element, latest, as_text);
  }
}

void clamp_memory(Memory& memory, Time latest) {
  for (auto* times : {&memory.first_seen, &memory.last_good, &memory.not_offered})
    for (auto& [key, time] : *times) time = std::min(time, latest);
}

Time statement_time(const KeptDeclaration& kept) { return kept.withdrawn.value_or(kept.declaration.answered_at); }

bool same_question(const Declaration& a, const Declaration& b) { return a.question == b.question && a.about == b.about; }

// Where `other` does not find good what `judged` does, `other` is believed.
void take_the_worse(Judgement& judged, const Judgement& other) {
  for (std::size_t i = 0; i < judged.findings.size() && i < other.findings.size(); ++i)
    if (is_good(judged.findings[i].finding.verdict) && !is_good(other.findings[i].finding.verdict)) judged.findings[i] = other.findings[i];
  for (std::size_t i = 0; i < judged.rules.size() && i < other.rules.size(); ++i)
    if (is_good(judged.rules[i].verdict)) judged.rules[i].verdict = other.rules[i].verdict;
}

void withhold_passes(Judgement& judged, Time now) {
  for (auto& one : judged.findings) {
    if (!is_good(one.finding.verdict)) continue;
    one.finding.verdict = Verdict::unknown;
    one.finding.situation = "unmeasured";
    one.finding.parameters.clear();
    one.finding.items.clear();
    one.finding.earlier.reset();
    one.finding.absence = compliance::Absence{
        platform::ErrorKind::not_asked, "a newer report has come that cannot be read yet, or none since the last enrolment", "hub", now};
  }
  for (auto& rule : judged.rules)
    if (is_good(rule.verdict)) rule.verdict = Verdict::unknown;
}

}  // namespace

std::vector<Declaration> merged_declarations(const std::vector<Declaration>& of_pc, const std::vector<KeptDeclaration>& of_hub,
                                             const std::string& device) {
  const auto concerns = [&](const KeptDeclaration& kept) { return kept.device.empty() || kept.device == device; };
  std::vector<Declaration> merged;
  for (const auto& own : of_pc) {
    const bool older = std::any_of(of_hub.begin(), of_hub.end(), [&](const KeptDeclaration& kept) {
      return concerns(kept) && same_question(kept.declaration, own) && own.answered_at <= statement_time(kept);
    });
    if (!older) merged.push_back(own);
  }
  for (const auto& kept : of_hub)
    if (concerns(kept) && !kept.withdrawn) merged.push_back(kept.declaration);
  return merged;
}

Memory merged_memory(Memory of_pc, const Memory& of_hub) {
  for (const auto& [key, time] : of_hub.first_seen) {
    const auto [found, added] = of_pc.first_seen.emplace(key, time);
    if (!added) found->second = std::min(found->second, time);
  }
  return of_pc;
}

platform::Result<HubJudgement> judge_again(JudgingInput input, Time now) {
  clamp_observations(input.content, input.received_at, platform::format_time(input.received_at));
  auto content = protocol::read_content(std::move(input.content), std::min(input.scanned_at, input.received_at));
  if (!content) return content.error();
  auto& evidence = content->evidence;
  evidence.declarations = merged_declarations(evidence.declarations, input.declarations, input.device);
  clamp_memory(content->memory, input.received_at);
  const auto memory = merged_memory(std::move(content->memory), input.memory);
  const auto ahead = input.scanned_at - input.received_at;
  HubJudgement result;
  result.machine = machine_of(evidence);
  auto judged = compliance::judge(evidence, input.pack, input.company.policy, memory, now);
  if (ahead > kClockTolerance) {
    take_the_worse(judged, compliance::judge(evidence, input.pack, input.company.policy, memory, now + ahead));
    result.clock_ahead_s = ahead.count();
  }
  if (input.behind) withhold_passes(judged, now);
  result.memory = compliance::remember(memory, evidence, judged, now);
  for (const auto& one : judged.findings) {
    auto& kept = result.findings.emplace_back(kept_finding(one, now));
    // A clock that is ahead proves nothing.
    if (kept.to_do == ToDo::now && result.clock_ahead_s == 0 &&
        is_catching_up(kept, one.finding.parameters, one.finding.situation, evidence.device.powered_on, result.memory))
      kept.to_do = ToDo::catching_up;
  }
  note_same_deeds(result.findings);
  for (const auto& rule : judged.rules) result.rules.emplace(rule.id, rule.verdict);
  return result;
}

}  // namespace gokajo::hub
