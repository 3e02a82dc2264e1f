#include "hub/scs3/view.h"

#include <algorithm>

#include "hub/pack_comparison.h"
#include "hub/rejudging_store.h"

namespace gokajo::hub {

using compliance::Pack, platform::Result;

namespace {

// Which no other pack has: a PC with a verdict on it was judged by this one.
constexpr const char* kScsRule = "device-settings";

std::set<std::string> checks_of(const ScsFacts& facts) {
  std::set<std::string> checks;
  for (const auto& one : facts.criteria)
    for (const auto* list : {&one.decides, &one.needs}) checks.insert(list->begin(), list->end());
  return checks;
}

bool has_scs_rule(const Pack& pack) {
  return std::any_of(pack.rules.begin(), pack.rules.end(), [](const auto& rule) { return rule.id == kScsRule; });
}

std::int64_t judged_by_scs(const Counters& counters) {
  std::int64_t pcs = 0;
  if (const auto found = counters.find(kScsRule); found != counters.end())
    for (const auto& [verdict, count] : found->second) pcs += count;
  return pcs;
}

}  // namespace

std::set<std::string> judged_otherwise(const Pack& pack, const Pack& scs, const std::set<std::string>& checks) {
  std::set<std::string> others;
  for (const auto& check : checks) {
    const auto *here = placed(pack, check).entry, *there = placed(scs, check).entry;
    if (!here || !there || settings_of(*here, check) != settings_of(*there, check)) others.insert(check);
  }
  return others;
}

Result<ScsGround> scs_ground(Store& store, const CompanyPage& page, CompanyFacts pcs) {
  const auto scs = page.rests_on->pack(kScsPack);
  if (!scs) return scs.error();
  ScsGround ground;
  ground.other_settings = judged_otherwise(page.pack, *scs, checks_of(scs_facts()));
  ground.inventory = compliance::wants_inventory(page.company.policy);
  const auto rejudging = rejudgings_of(store).rejudging(page.company.id);
  if (!rejudging) return rejudging.error();
  ground.mixed = rejudging->has_value();
  if (!ground.mixed && has_scs_rule(page.pack)) {
    const auto counters = store.counters(page.company.id);
    if (!counters) return counters.error();
    ground.mixed = pcs.quiet == 0 && judged_by_scs(*counters) != pcs.registered;
  }
  ground.pcs = std::move(pcs);
  return ground;
}

Result<ScsView> scs_view(Store& store, const CompanyPage& page, Time now) {
  ScsView view;
  view.facts = &scs_facts();
  view.chosen = has_scs_rule(page.pack);
  auto pcs = company_facts(store, page, now);
  if (!pcs) return pcs.error();
  auto ground = scs_ground(store, page, std::move(*pcs));
  if (!ground) return ground.error();
  view.ground = std::move(*ground);
  // As they are kept: the page of the book leaves out those that no PC is judged by.
  const auto kept = store.declarations(page.company.id);
  if (!kept) return kept.error();
  view.answers = scs_answers(*view.facts, *kept, now);
  view.states = scs_states(*view.facts, view.ground, view.answers);
  std::set<std::string> checks;
  for (const auto& state : view.states)
    if (state.pcs && state.pcs->standing == ScsStanding::failing)
      checks.insert(state.criterion->decides.begin(), state.criterion->decides.end());
  auto failing = failing_pcs(store, page.company, checks, now);
  if (!failing) return failing.error();
  view.failing = std::move(*failing);
  return view;
}

}  // namespace gokajo::hub
