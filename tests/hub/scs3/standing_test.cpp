#include "hub/scs3/standing.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "compliance/pack.h"
#include "hub/scs3/view.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

const platform::Time kNow = *platform::parse_time("2026-11-26T01:00:00Z");

ScsGround ground(std::map<Verdict, std::int64_t> heard, std::int64_t failing = 0, const std::string& check = "autorun.off") {
  ScsGround made;
  made.pcs.registered = 2;
  made.pcs.stated = 2;
  made.pcs.checks[check] = {std::move(heard), failing};
  return made;
}

const ScsCriterion& criterion(const std::string& id) {
  const auto* found = scs_facts().criterion(id);
  REQUIRE(found);
  return *found;
}

ScsStanding standing(const std::string& id, const ScsGround& of) { return pcs_of(criterion(id), of).standing; }

// All is well on both PCs.
ScsGround all_good() {
  ScsGround made;
  made.pcs.registered = 2;
  made.pcs.stated = 2;
  for (const auto& one : scs_facts().criteria)
    for (const auto* list : {&one.decides, &one.needs, &one.beside})
      for (const auto& check : *list) made.pcs.checks[check].heard = {{Verdict::pass, 2}};
  return made;
}

ScsAnswers all_done() {
  ScsAnswers answers;
  for (const auto& one : scs_facts().criteria)
    answers.counting.emplace(one.id, PersonAnswer{Level::done, "田中", kNow, kNow + platform::Days{300}});
  return answers;
}

std::size_t met(const std::vector<ScsState>& states) {
  return static_cast<std::size_t>(
      std::count_if(states.begin(), states.end(), [](const auto& one) { return one.verdict == Verdict::pass; }));
}

const ScsState& state_of(const std::vector<ScsState>& states, const std::string& id) {
  for (const auto& one : states)
    if (one.criterion->id == id) return one;
  FAIL(id);
  return states.front();
}

}  // namespace

TEST_CASE("a criterion is shown by all PCs or by none: what is not heard, not registered or not measured leaves it open") {
  constexpr const char* kId = "4-4-1-2";
  CHECK(standing(kId, ground({{Verdict::pass, 2}})) == ScsStanding::met);
  CHECK(standing(kId, ground({{Verdict::pass, 1}, {Verdict::not_applicable, 1}})) == ScsStanding::met);
  CHECK(standing(kId, ground({{Verdict::pass, 1}, {Verdict::fail, 1}}, 1)) == ScsStanding::failing);
  for (const auto verdict : {Verdict::unknown, Verdict::ask})
    CHECK(standing(kId, ground({{Verdict::pass, 1}, {verdict, 1}})) == ScsStanding::open);
  CHECK(standing(kId, ground({})) == ScsStanding::open);
  CHECK(standing(kId, {}) == ScsStanding::open);
  // Registered yesterday, and nothing came yet: neither silent nor good.
  CHECK(standing(kId, ground({{Verdict::pass, 1}})) == ScsStanding::open);
  auto other = ground({{Verdict::pass, 2}});
  other.pcs.stated = 3;
  CHECK(standing(kId, other) == ScsStanding::open);
  other.pcs.stated.reset();
  CHECK(standing(kId, other) == ScsStanding::open);
  other = ground({{Verdict::pass, 1}});
  other.pcs.quiet = 1;
  CHECK(standing(kId, other) == ScsStanding::open);
  // A silent PC that failed when it was last heard of still does.
  other = ground({{Verdict::pass, 1}}, 1);
  other.pcs.quiet = 1;
  CHECK(standing(kId, other) == ScsStanding::failing);
  // Judged by other numbers, or not all by one pack yet.
  other = ground({{Verdict::pass, 2}});
  other.mixed = true;
  CHECK(standing(kId, other) == ScsStanding::open);
  other.mixed = false;
  other.other_settings = {"autorun.off"};
  CHECK(pcs_of(criterion(kId), other).gaps == std::vector{ScsGap::other_settings});
  other = ground({{Verdict::fail, 2}}, 2);
  other.other_settings = {"autorun.off"};
  CHECK(standing(kId, other) == ScsStanding::open);
}

TEST_CASE("an inventory that is not collected, or that a PC never sent, is none") {
  auto heard = ground({{Verdict::pass, 2}});
  CHECK(standing("3-1-1-1", heard) == ScsStanding::met);
  heard.inventory = false;
  CHECK(standing("3-1-1-1", heard) == ScsStanding::open);
  CHECK(standing("3-1-1-1", ground({{Verdict::pass, 1}})) == ScsStanding::open);
  CHECK(standing("3-1-1-1", {}) == ScsStanding::open);
}

TEST_CASE("what is needed but proves nothing when it fails leaves a criterion open") {
  auto of = ground({{Verdict::pass, 2}}, 0, "passwords.length");
  of.pcs.checks["passwords.lockout"] = {{{Verdict::fail, 2}}, 2};
  CHECK(standing("4-1-5-3", of) == ScsStanding::open);
  of.pcs.checks["passwords.lockout"] = {{{Verdict::pass, 2}}, 0};
  CHECK(standing("4-1-5-3", of) == ScsStanding::met);
  of.pcs.checks["passwords.length"] = {{{Verdict::pass, 1}, {Verdict::fail, 1}}, 1};
  CHECK(standing("4-1-5-3", of) == ScsStanding::failing);
}

TEST_CASE("checks that do not apply where there is no antivirus at all make no criterion met") {
  auto none = all_good();
  none.pcs.checks["antivirus.active"] = {{{Verdict::fail, 2}}, 2};
  for (const char* check : {"antivirus.real-time", "antivirus.scan-recent", "antivirus.definitions-fresh"})
    none.pcs.checks[check] = {{{Verdict::not_applicable, 2}}, 0};
  for (const char* id : {"4-4-5-1", "4-4-5-2", "4-4-5-3"}) CHECK_MESSAGE(standing(id, none) == ScsStanding::failing, id);
}

TEST_CASE("nothing is met where nothing is known; everything where all PCs show it and a person said the rest") {
  CHECK(met(scs_states(scs_facts(), {}, {})) == 0);
  CHECK(met(scs_states(scs_facts(), all_good(), all_done())) == 81);
  // By PCs alone those that leave nothing to a person: the inventory of PCs, and AutoRun.
  CHECK(met(scs_states(scs_facts(), all_good(), {})) == 2);
  // By words alone those of which PCs show no part.
  CHECK(met(scs_states(scs_facts(), {}, all_done())) == 54 + 12);
}

TEST_CASE("a person's word counts as they said it, not beyond its day, and not against PCs") {
  const auto with = [](const std::string& id, Level level, const ScsGround& of) {
    ScsAnswers answers;
    answers.counting.emplace(id, PersonAnswer{level, "田中", kNow, kNow});
    return state_of(scs_states(scs_facts(), of, answers), id).verdict;
  };
  CHECK(with("1-2-1-1", Level::done, {}) == Verdict::pass);
  CHECK(with("1-2-1-1", Level::partly, {}) == Verdict::fail);
  CHECK(with("1-2-1-1", Level::not_done, {}) == Verdict::fail);
  CHECK(with("1-2-1-1", Level::unsure, {}) == Verdict::ask);
  auto ended = all_done();
  ended.ended.swap(ended.counting);
  CHECK(met(scs_states(scs_facts(), all_good(), ended)) == 2);
  CHECK(state_of(scs_states(scs_facts(), all_good(), ended), "1-2-1-1").verdict == Verdict::ask);
  // 4-1-4-1: the lock of PCs; a person tells of phones alone.
  auto failing = all_good();
  failing.pcs.checks["passwords.lockout"] = {{{Verdict::pass, 1}, {Verdict::fail, 1}}, 1};
  CHECK(with("4-1-4-1", Level::done, failing) == Verdict::fail);
  CHECK(with("4-1-4-1", Level::done, all_good()) == Verdict::pass);
  auto silent = all_good();
  silent.pcs.quiet = 1;
  CHECK(with("4-1-4-1", Level::done, silent) == Verdict::unknown);
  CHECK(with("4-1-3-1", Level::done, silent) == Verdict::unknown);
  // Of what PCs only support, a person decides.
  CHECK(with("6-1-1-6", Level::done, silent) == Verdict::pass);
}

TEST_CASE("taking evidence away never makes a criterion met") {
  std::mt19937 random(42);
  const auto upto = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  constexpr Verdict kAll[] = {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable};
  for (int round = 0; round < 400; ++round) {
    auto of = all_good();
    for (auto& [check, seen] : of.pcs.checks) {
      seen.heard.clear();
      for (int pc = 0; pc < 2; ++pc) ++seen.heard[upto(3) > 0 ? Verdict::pass : kAll[upto(4)]];
      if (const auto fails = seen.heard.find(Verdict::fail); fails != seen.heard.end()) seen.failing = fails->second;
    }
    const auto answers = upto(1) ? all_done() : ScsAnswers{};
    const auto before = scs_states(scs_facts(), of, answers);
    auto less = of;
    switch (upto(5)) {
      case 0:
        less.pcs.quiet = 1;
        break;
      case 1:
        less.pcs.stated.reset();
        break;
      case 2:
        less.pcs.registered = 1;
        break;
      case 3:
        less.pcs.checks.erase(std::next(less.pcs.checks.begin(), upto(static_cast<int>(less.pcs.checks.size()) - 1)));
        break;
      case 4:
        less.inventory = false;
        break;
      default:
        less.mixed = true;
    }
    const auto after = scs_states(scs_facts(), less, answers);
    for (std::size_t i = 0; i < before.size(); ++i)
      if (before[i].verdict != Verdict::pass) CHECK_MESSAGE(after[i].verdict != Verdict::pass, before[i].criterion->id);
  }
}

TEST_CASE("other numbers than ★3's are found, check by check") {
  const auto scs = *compliance::built_in_pack("scs3");
  const std::set<std::string> checks{"autorun.off", "updates.software-supported", "updates.security-installed", "passwords.length"};
  CHECK(judged_otherwise(scs, scs, checks).empty());
  CHECK(judged_otherwise(*compliance::built_in_pack("6kajo"), scs, checks) ==
        std::set<std::string>{"passwords.length", "updates.software-supported"});
  auto lax = scs;
  for (auto& rule : lax.rules)
    for (auto& entry : rule.checks)
      if (entry.check == "updates.security-installed") entry.settings->insert_or_assign("max_days", std::int64_t{30});
  CHECK(judged_otherwise(lax, scs, checks) == std::set<std::string>{"updates.security-installed"});
}

}  // namespace gokajo::tests
