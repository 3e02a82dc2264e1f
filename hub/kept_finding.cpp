#include "hub/kept_finding.h"

#include <algorithm>
#include <tuple>

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

bool same_but_form(const KeptFinding& a, const KeptFinding& b) {
  return a.check == b.check && a.rule == b.rule && a.required == b.required && a.verdict == b.verdict && a.since == b.since &&
         a.to_do == b.to_do && a.situation == b.situation && a.late_since == b.late_since;
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

std::string verdicts_text(const std::map<std::string, Verdict>& rules) {
  std::string text;
  for (const auto& [rule, verdict] : rules)
    text += (text.empty() ? " " : "") + rule + "=" + boost::describe::enum_to_string(verdict, "") + " ";
  return text;
}

bool read_verdicts(const std::string& device, std::string_view text, std::vector<DeviceRule>& rules) {
  if (text.starts_with(' ')) text.remove_prefix(1);
  while (!text.empty()) {
    const auto sign = text.find('='), end = text.find(' ');
    if (sign == std::string_view::npos || end == std::string_view::npos || sign > end) return false;
    DeviceRule one{device, std::string(text.substr(0, sign)), {}};
    if (!boost::describe::enum_from_string(std::string(text.substr(sign + 1, end - sign - 1)).c_str(), one.verdict)) return false;
    rules.push_back(std::move(one));
    text.remove_prefix(end + 1);
  }
  return true;
}

int worst_of(const std::map<std::string, Verdict>& rules) {
  int worst = rules.empty() ? 1 : 3;
  for (const auto& [rule, verdict] : rules)
    worst = std::min(worst, verdict == Verdict::fail ? 0 : verdict == Verdict::unknown ? 1 : verdict == Verdict::ask ? 2 : 3);
  return worst;
}

void add_cause(const std::string& what, const std::string& rule, std::int64_t pcs, std::vector<Cause>& causes) {
  const auto slash = what.find('/');
  Cause cause{what.substr(0, slash), slash == std::string::npos ? "" : what.substr(slash + 1), rule, pcs};
  const auto at = std::lower_bound(causes.begin(), causes.end(), cause, [](const Cause& a, const Cause& b) {
    return std::tie(a.check, a.situation) < std::tie(b.check, b.situation);
  });
  if (at == causes.end() || at->check != cause.check || at->situation != cause.situation) {
    causes.insert(at, std::move(cause));
    return;
  }
  at->pcs += pcs;
  at->rule = std::max(at->rule, rule);
}

void count_verdicts(const std::vector<KeptFinding>& findings, const std::map<std::string, Verdict>& rules, bool silent, int by,
                    CounterMoves& moves) {
  const std::string first = silent ? GOKAJO_SILENT_COUNTER : "";
  const auto name = [](Verdict verdict) { return std::string(boost::describe::enum_to_string(verdict, "")); };
  moves[{first + GOKAJO_STATE_COUNTER, pc_state(findings, rules)}] += by;
  moves[{first + GOKAJO_WORST_COUNTER, std::to_string(worst_of(rules))}] += by;
  for (const auto& [rule, verdict] : rules) moves[{first + rule, name(verdict)}] += by;
  for (const auto& finding : findings) {
    moves[{first + GOKAJO_CHECK_COUNTER + finding.check, name(finding.verdict)}] += by;
    if (finding.to_do == ToDo::now) moves[{first + GOKAJO_CAUSE_COUNTER + finding.check + "/" + finding.situation, finding.rule}] += by;
  }
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
