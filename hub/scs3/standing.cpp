#include "hub/scs3/standing.h"

#include <algorithm>

#include "compliance/judge.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

std::int64_t heard_with(const CompanyFacts& pcs, const std::string& check, Verdict verdict) {
  const auto found = pcs.checks.find(check);
  if (found == pcs.checks.end()) return 0;
  const auto count = found->second.heard.find(verdict);
  return count == found->second.heard.end() ? 0 : std::max<std::int64_t>(count->second, 0);
}

bool fails(const CompanyFacts& pcs, const std::string& check) {
  const auto found = pcs.checks.find(check);
  return found != pcs.checks.end() && (found->second.failing > 0 || heard_with(pcs, check, Verdict::fail) > 0);
}

// On every one that is registered: a PC without a finding has shown nothing.
bool good_on_all(const CompanyFacts& pcs, const std::string& check) {
  return heard_with(pcs, check, Verdict::pass) + heard_with(pcs, check, Verdict::not_applicable) == pcs.registered;
}

class Gaps {
 public:
  explicit Gaps(const ScsGround& ground) : ground_(ground) {
    const auto& pcs = ground.pcs;
    if (pcs.registered <= 0) {
      put(ScsGap::no_pcs);
      return;
    }
    if (!pcs.stated) put(ScsGap::no_number);
    if (pcs.stated && *pcs.stated != pcs.registered) put(ScsGap::not_registered);
    if (pcs.quiet > 0) put(ScsGap::silent);
    if (ground.mixed) put(ScsGap::mixed);
  }

  void look_at(const std::string& check, bool decides) {
    if (ground_.pcs.registered <= 0) return;
    if (ground_.other_settings.contains(check)) return put(ScsGap::other_settings);
    if (good_on_all(ground_.pcs, check)) return;
    if (!decides && fails(ground_.pcs, check)) put(ScsGap::needs_failing);
    if (heard_with(ground_.pcs, check, Verdict::ask) > 0) put(ScsGap::asking);
    if (decides || !fails(ground_.pcs, check)) put(ScsGap::unmeasured);
  }

  // Every PC told its parts once: what it is belongs to every report.
  void look_at_inventory() {
    if (!ground_.inventory) put(ScsGap::no_inventory);
    std::int64_t told = 0;
    for (const auto& [check, seen] : ground_.pcs.checks) {
      std::int64_t pcs = 0;
      for (const auto& [verdict, count] : seen.heard) pcs += std::max<std::int64_t>(count, 0);
      told = std::max(told, pcs);
    }
    if (told < ground_.pcs.registered) put(ScsGap::unmeasured);
  }

  std::vector<ScsGap> take() { return std::move(all_); }

 private:
  void put(ScsGap gap) {
    if (std::find(all_.begin(), all_.end(), gap) == all_.end()) all_.push_back(gap);
  }
  const ScsGround& ground_;
  std::vector<ScsGap> all_;
};

// Of which nothing is asked, nullopt.
std::optional<Verdict> said_verdict(const ScsCriterion& criterion, const std::optional<PersonAnswer>& said) {
  if (!criterion.asks_person()) return std::nullopt;
  if (!said) return Verdict::ask;
  switch (said->level) {
    case Level::done:
      return Verdict::pass;
    case Level::partly:
    case Level::not_done:
      return Verdict::fail;
    case Level::unsure:
      break;
  }
  return Verdict::ask;
}

Verdict verdict_of(ScsStanding standing) {
  switch (standing) {
    case ScsStanding::met:
      return Verdict::pass;
    case ScsStanding::failing:
      return Verdict::fail;
    case ScsStanding::open:
      break;
  }
  return Verdict::unknown;
}

std::optional<PersonAnswer> found_in(const std::map<std::string, PersonAnswer>& answers, const std::string& id) {
  const auto found = answers.find(id);
  return found == answers.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

ScsPcs pcs_of(const ScsCriterion& criterion, const ScsGround& ground) {
  // By other numbers a failure proves as little as a pass.
  for (const auto& check : criterion.decides)
    if (!ground.other_settings.contains(check) && fails(ground.pcs, check)) return {ScsStanding::failing, {}};
  Gaps gaps(ground);
  for (const auto& check : criterion.decides) gaps.look_at(check, true);
  for (const auto& check : criterion.needs) gaps.look_at(check, false);
  if (criterion.by_inventory()) gaps.look_at_inventory();
  auto all = gaps.take();
  return all.empty() && criterion.rests_on_pcs() ? ScsPcs{ScsStanding::met, {}} : ScsPcs{ScsStanding::open, std::move(all)};
}

std::vector<ScsState> scs_states(const ScsFacts& facts, const ScsGround& ground, const ScsAnswers& answers) {
  std::vector<ScsState> states;
  for (const auto& criterion : facts.criteria) {
    ScsState state{&criterion, std::nullopt, found_in(answers.counting, criterion.id), found_in(answers.ended, criterion.id), Verdict::ask};
    std::vector<Verdict> parts;
    if (criterion.rests_on_pcs()) {
      state.pcs = pcs_of(criterion, ground);
      parts.push_back(verdict_of(state.pcs->standing));
    }
    if (const auto said = said_verdict(criterion, state.said)) parts.push_back(*said);
    state.verdict = compliance::combine_required(parts);
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace gokajo::hub
