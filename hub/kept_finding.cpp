#include "hub/kept_finding.h"

#include <algorithm>

#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/split.hpp>

#include "compliance/finding_form.h"
#include "hub/same_deed.h"
#include "platform/form_text.h"

namespace gokajo::hub {

using compliance::Verdict;

KeptFinding kept_finding(const compliance::JudgedFinding& judged, Time now) {
  const auto& finding = judged.finding;
  KeptFinding kept{finding.check, judged.rule, judged.role == compliance::Role::required, finding.verdict, now, {}};
  platform::append_text(kept.form, judged);
  kept.situation = finding.situation;
  if (const auto since = finding.parameters.find("since"); since != finding.parameters.end())
    if (const auto* date = std::get_if<compliance::Date>(&since->second)) kept.late_since = date->value;
  if (kept.required && kept.verdict == Verdict::fail) kept.to_do = judged.exception ? ToDo::excepted : ToDo::now;
  return kept;
}

void note_same_deeds(std::vector<KeptFinding>& findings) {
  std::vector<KeptFinding*> asking;
  for (auto& finding : findings)
    if (finding.to_do == ToDo::now) asking.push_back(&finding);
  for (auto* finding : asking)
    if (is_same_deed(finding->check, finding->situation, asking, [](const KeptFinding* one) { return one->check; }))
      finding->to_do = ToDo::beside;
}

std::string pc_state(const std::vector<KeptFinding>& findings, const std::map<std::string, Verdict>& rules) {
  const auto any = [&](ToDo wanted) {
    return std::any_of(findings.begin(), findings.end(), [&](const KeptFinding& finding) { return finding.to_do == wanted; });
  };
  const auto name = [](PcState state) { return std::string(boost::describe::enum_to_string(state, "")); };
  if (any(ToDo::now)) return name(PcState::to_do);
  if (any(ToDo::catching_up)) return name(PcState::catching_up);
  const bool unknown = std::any_of(rules.begin(), rules.end(), [](const auto& rule) { return rule.second == Verdict::unknown; });
  if (rules.empty() || unknown || any(ToDo::excepted)) return name(PcState::open);
  std::string asking;
  for (const auto& [rule, verdict] : rules)
    if (verdict == Verdict::ask) asking += " " + rule;
  return asking.empty() ? name(PcState::fine) : name(PcState::ask) + asking;
}

void count_verdicts(const std::vector<KeptFinding>& findings, const std::map<std::string, Verdict>& rules, int by, CounterMoves& moves) {
  const auto name = [](Verdict verdict) { return std::string(boost::describe::enum_to_string(verdict, "")); };
  moves[{GOKAJO_STATE_COUNTER, pc_state(findings, rules)}] += by;
  for (const auto& [rule, verdict] : rules) moves[{rule, name(verdict)}] += by;
  for (const auto& finding : findings) moves[{GOKAJO_CHECK_COUNTER + finding.check, name(finding.verdict)}] += by;
}

ReadPcState read_pc_state(const std::string& text) {
  std::vector<std::string> words;
  boost::split(words, text, boost::is_any_of(" "));
  ReadPcState read;
  (void)boost::describe::enum_from_string(words.front().c_str(), read.state);
  read.asking.assign(words.begin() + 1, words.end());
  return read;
}

}  // namespace gokajo::hub
