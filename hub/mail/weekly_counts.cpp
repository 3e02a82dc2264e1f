#include "hub/mail/weekly_counts.h"

#include <algorithm>

#include "hub/checks_view.h"
#include "hub/counted.h"
#include "hub/counters.h"
#include "hub/kept_finding.h"
#include "hub/read_finding.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Done, platform::Status;

namespace {

constexpr const char* kReadCheck = "threats.briefing-read";

std::int64_t count_in(const compliance::Parameters& parameters, const char* name) {
  const auto found = parameters.find(name);
  const auto* count = found == parameters.end() ? nullptr : std::get_if<compliance::Count>(&found->second);
  return count ? count->value : 0;
}

Status put_rules(const WeeklySource& source, Weekly& week) {
  const auto counted = counted_now(source.store, source.input.tenant, source.contacts);
  if (!counted) return counted.error();
  const auto of = [&](const std::string& what, const char* verdict) {
    return static_cast<int>(counter_of(counted->counters, what, verdict));
  };
  week.registered = of("device", "approved");
  if (counted->rejudging) week.rejudged_later = static_cast<int>(counted->rejudging->left());
  const auto silent = static_cast<int>(counted->silent);
  // By their verdicts, which an exception leaves as they are.
  const auto in_use = source.store.rules_of(source.input.tenant, source.contacts.silence.in_use);
  if (!in_use) return in_use.error();
  for (const auto& rule : source.pack.rules) {
    RuleCount one{rule.id, static_cast<int>(rule.number)};
    one.fail = of(rule.id, "fail");
    one.ask = of(rule.id, "ask");
    one.not_applicable = of(rule.id, "not_applicable");
    one.pass = of(rule.id, "pass") + one.not_applicable;
    one.silent = silent;
    // One at rest that fails in use counts as failing; of those nothing was judged of yet nothing is known.
    const auto failing_in_use = std::count_if(in_use->begin(), in_use->end(),
                                              [&](const auto& kept) { return kept.rule == rule.id && kept.verdict == Verdict::fail; });
    one.resting = static_cast<int>(counted->resting - failing_in_use);
    one.unknown = week.registered - one.silent - one.resting - one.fail - one.ask - one.pass;
    one.other = one.unknown + one.ask + one.resting;
    week.rules.push_back(one);
  }
  return Done{};
}

// What a question that waits for the company will settle is told as that question.
bool asked_of_company(const std::string& rule, const compliance::Pack& pack, const Weekly& week) {
  return std::any_of(pack.questions.begin(), pack.questions.end(), [&](const compliance::PackQuestion& question) {
    return question.rule == rule && std::find(week.questions.begin(), week.questions.end(), question.id) != week.questions.end();
  });
}

Status put_states(const WeeklySource& source, Weekly& week) {
  auto counts = source.store.state_counts(source.input.tenant);
  if (!counts) return counts.error();
  if (!source.unmarked.empty()) {
    const auto of_quiet = source.store.states_of(source.input.tenant, source.unmarked);
    if (!of_quiet) return of_quiet.error();
    for (const auto& state : *of_quiet) --(*counts)[state];
  }
  week.fail = static_cast<int>(source.in_use.failing.size());
  for (const auto& [text, pcs] : *counts) {
    const auto state = read_pc_state(text);
    const auto n = static_cast<int>(pcs);
    if (state.state == PcState::to_do) week.fail += n;
    if (state.state == PcState::catching_up) week.more_catching_up += n;
    const bool asked =
        std::any_of(state.asking.begin(), state.asking.end(), [&](const auto& rule) { return !asked_of_company(rule, source.pack, week); });
    const bool withheld = week.rejudged_later && (state.state == PcState::fine || state.state == PcState::ask);
    if (state.state == PcState::open || asked || withheld) week.other += n;
  }
  return Done{};
}

Status put_readers(const WeeklySource& source, Weekly& week) {
  const auto found = worst_first(source.store, source.input.tenant, kReadCheck, 0, kMostDevices);
  if (!found) return found.error();
  Readers readers;
  for (const auto& one : *found) {
    const auto contact = source.contacts.of(one.device);
    if (contact == Contact::silent || contact == Contact::resting) continue;
    if (const auto judged = read_finding(one.finding)) {
      readers.read += static_cast<int>(count_in(judged->finding.parameters, "count"));
      readers.all += static_cast<int>(count_in(judged->finding.parameters, "people"));
    }
  }
  if (readers.all > 0) week.readers = readers;
  return Done{};
}

}  // namespace

Status put_counts(const WeeklySource& source, Weekly& week) {
  if (auto status = put_rules(source, week); !status) return status;
  if (auto status = put_states(source, week); !status) return status;
  return static_cast<std::size_t>(week.registered) <= source.input.readers_up_to ? put_readers(source, week) : Status(Done{});
}

}  // namespace gokajo::hub
