// Expected by docs/self-check.md.
#include "hub/diagnosis/machine_answer.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "compliance/each_fact.h"
#include "compliance/judge.h"
#include "protocol/content.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

// One PC as the hub holds it: what each check found, and whether it is heard.
struct SomePc {
  std::map<std::string, Verdict> found;
  bool quiet = false;
};

struct SomeCompany {
  std::vector<SomePc> pcs;
  std::optional<std::int64_t> stated;
  std::map<std::string, Verdict> answers;

  CompanyFacts facts() const {
    CompanyFacts facts;
    facts.stated = stated;
    facts.answers = answers;
    facts.registered = static_cast<std::int64_t>(pcs.size());
    for (const auto& pc : pcs) {
      if (pc.quiet) ++facts.quiet;
      for (const auto& [check, verdict] : pc.found) {
        if (!pc.quiet) ++facts.checks[check].heard[verdict];
        if (verdict == Verdict::fail) ++facts.checks[check].failing;
      }
    }
    return facts;
  }
};

const DiagnosisQuestion& question(std::int64_t number) { return *diagnosis_sheet().question(number); }

// `count` PCs on which every check of the question passes.
SomeCompany good(std::int64_t number, std::size_t count) {
  SomeCompany company;
  company.pcs.resize(count);
  company.stated = static_cast<std::int64_t>(count);
  for (auto& pc : company.pcs)
    for (const auto& check : question(number).decides) pc.found[check] = Verdict::pass;
  if (question(number).outside) company.answers[*question(number).outside] = Verdict::pass;
  return company;
}

template <class Visit>
void each_fact_of(compliance::Evidence& evidence, const Visit& visit) {
  const auto in = [&](auto& topic) { compliance::each_fact(topic, visit); };
  in(evidence.device);
  in(evidence.updates);
  in(evidence.antivirus);
  in(evidence.passwords);
  in(evidence.sharing);
  in(evidence.threats);
  in(evidence.extras);
  in(evidence.inventory);
}

bool has(const MachineAnswer& answer, Shortfall one) {
  return std::find(answer.short_of.begin(), answer.short_of.end(), one) != answer.short_of.end();
}

std::int64_t points_of(std::int64_t number, const CompanyFacts& facts) {
  const auto level = machine_answer(question(number), facts).level;
  return level ? diagnosis_sheet().points.of(*level) : 0;
}

std::int64_t machine_points(const CompanyFacts& facts) {
  std::int64_t points = 0;
  for (const auto& one : diagnosis_sheet().questions) points += points_of(one.number, facts);
  return points;
}

}  // namespace

TEST_CASE("a company whose PCs are all well, all registered and all heard, and that spoke for the rest, has done 1, 2 and 5") {
  for (const auto number : {1, 2, 5}) {
    CAPTURE(number);
    const auto answer = machine_answer(question(number), good(number, 3).facts());
    CHECK(answer.level == Level::done);
    CHECK(answer.short_of.empty());
    CHECK_FALSE(answer.contradicts);
  }
}

TEST_CASE("each thing that is missing keeps PCs from saying that it is done, and is named") {
  struct Row {
    void (*change)(SomeCompany&);
    Shortfall why;
  };
  const Row rows[] = {
      {[](SomeCompany& one) { one.pcs[0].found["antivirus.real-time"] = Verdict::fail; }, Shortfall::failing},
      {[](SomeCompany& one) { one.pcs[0].found["antivirus.real-time"] = Verdict::unknown; }, Shortfall::unmeasured},
      {[](SomeCompany& one) { one.pcs[0].found.erase("antivirus.real-time"); }, Shortfall::unmeasured},
      {[](SomeCompany& one) { one.pcs[0].found["antivirus.real-time"] = Verdict::ask; }, Shortfall::asking},
      {[](SomeCompany& one) { one.pcs[0].quiet = true; }, Shortfall::silent},
      {[](SomeCompany& one) { one.stated = 4; }, Shortfall::not_all_registered},
      {[](SomeCompany& one) { one.stated = 2; }, Shortfall::not_all_registered},
      {[](SomeCompany& one) { one.stated.reset(); }, Shortfall::not_all_registered},
      {[](SomeCompany& one) { one.answers.clear(); }, Shortfall::outside_open},
      {[](SomeCompany& one) { one.answers["other-devices-antivirus"] = Verdict::ask; }, Shortfall::outside_open},
      {[](SomeCompany& one) { one.answers["other-devices-antivirus"] = Verdict::fail; }, Shortfall::outside_not},
  };
  for (const auto& row : rows) {
    auto company = good(2, 3);
    row.change(company);
    const auto answer = machine_answer(question(2), company.facts());
    CAPTURE(boost::describe::enum_to_string(row.why, ""));
    // Two PCs are as well as before: that is a part.
    CHECK(answer.level == Level::partly);
    CHECK(answer.short_of == std::vector<Shortfall>{row.why});
  }
}

TEST_CASE("a check that does not apply stands in no way, and proves nothing by itself") {
  auto company = good(2, 3);
  // Endpoint detection without definitions on one PC.
  company.pcs[0].found["antivirus.definitions-fresh"] = Verdict::not_applicable;
  CHECK(machine_answer(question(2), company.facts()).level == Level::done);
  for (auto& pc : company.pcs)
    for (auto& [check, verdict] : pc.found) verdict = Verdict::not_applicable;
  CHECK_FALSE(machine_answer(question(2), company.facts()).level);
}

TEST_CASE("a part needs each deciding check on some PC; nothing is said for less") {
  auto company = good(14, 2);
  CHECK(machine_answer(question(14), company.facts()).level == Level::partly);
  CHECK(has(machine_answer(question(14), company.facts()), Shortfall::only_part));
  for (auto& pc : company.pcs) pc.found["passwords.screen-lock"] = Verdict::fail;
  const auto without_lock = machine_answer(question(14), company.facts());
  CHECK_FALSE(without_lock.level);
  // A lock that a person may press is no contradiction; an account without a password is one.
  CHECK_FALSE(without_lock.contradicts);
  company.pcs[0].found["passwords.none-blank"] = Verdict::fail;
  CHECK(machine_answer(question(14), company.facts()).contradicts);
}

TEST_CASE("that nothing is done is said only where every PC says so") {
  auto company = good(2, 2);
  for (auto& pc : company.pcs)
    pc.found = {
        {"antivirus.active", Verdict::fail}, {"antivirus.real-time", Verdict::unknown}, {"antivirus.definitions-fresh", Verdict::unknown}};
  CHECK(machine_answer(question(2), company.facts()).level == Level::not_done);
  auto one_silent = company;
  one_silent.pcs[0].quiet = true;
  CHECK_FALSE(machine_answer(question(2), one_silent.facts()).level);
  auto one_unmeasured = company;
  one_unmeasured.pcs[0].found["antivirus.active"] = Verdict::unknown;
  CHECK_FALSE(machine_answer(question(2), one_unmeasured.facts()).level);
  company.stated = 5;
  CHECK_FALSE(machine_answer(question(2), company.facts()).level);
}

TEST_CASE("a silent PC's last failure still contradicts, and so does the company's own answer") {
  auto company = good(1, 2);
  company.pcs[1].found["updates.security-installed"] = Verdict::fail;
  company.pcs[1].quiet = true;
  CHECK(machine_answer(question(1), company.facts()).contradicts);
  company = good(1, 2);
  company.answers["other-devices-updates"] = Verdict::fail;
  CHECK(machine_answer(question(1), company.facts()).contradicts);
  // That somebody has not read the briefing does not say that there is no other way of telling them.
  company = good(5, 2);
  company.pcs[0].found["threats.briefing-read"] = Verdict::fail;
  CHECK_FALSE(machine_answer(question(5), company.facts()).contradicts);
}

TEST_CASE("a company without PCs is given no point") {
  SomeCompany company;
  company.stated = 0;
  for (const auto& [id, ignored] :
       std::map<std::string, int>{{"other-devices-updates", 0}, {"other-devices-antivirus", 0}, {"without-pc", 0}})
    company.answers[id] = Verdict::pass;
  CHECK(machine_points(company.facts()) == 0);
  for (const auto& one : diagnosis_sheet().questions) CHECK_FALSE(machine_answer(one, company.facts()).level);
}

TEST_CASE("taking evidence away never raises what PCs give, and they never say that they do not know") {
  std::mt19937_64 random(25);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  std::vector<std::string> checks, outside;
  for (const auto& one : diagnosis_sheet().questions) {
    checks.insert(checks.end(), one.decides.begin(), one.decides.end());
    if (one.outside) outside.push_back(*one.outside);
  }
  // Mostly well, for a company that has nothing has nothing to lose.
  const auto some_verdict = [&] {
    static constexpr Verdict kOthers[] = {Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable};
    return below(12) < 10 ? Verdict::pass : kOthers[below(4)];
  };
  std::int64_t lowered = 0, full = 0;
  for (int round = 0; round < 4000; ++round) {
    SomeCompany company;
    company.pcs.resize(1 + below(4));
    company.stated = static_cast<std::int64_t>(company.pcs.size());
    const bool spotless = below(3) == 0, nothing = below(10) == 0;
    for (auto& pc : company.pcs)
      for (const auto& check : checks) pc.found[check] = spotless ? Verdict::pass : nothing ? Verdict::fail : some_verdict();
    for (const auto& one : outside) company.answers[one] = spotless ? Verdict::pass : some_verdict();
    auto before = company.facts();
    for (int step = 0; step < 12; ++step) {
      auto& pc = company.pcs[below(company.pcs.size())];
      switch (below(6)) {
        case 0:
          pc.quiet = true;
          break;
        case 1:
          company.stated.reset();
          break;
        case 2:
          if (!outside.empty()) company.answers.erase(outside[below(outside.size())]);
          break;
        default:
          // Could no longer be measured, or was never looked at.
          if (const auto& check = checks[below(checks.size())]; below(2) == 0)
            pc.found.erase(check);
          else if (pc.found.contains(check))
            pc.found[check] = Verdict::unknown;
      }
      const auto after = company.facts();
      for (const auto& one : diagnosis_sheet().questions) {
        CAPTURE(one.number);
        const auto was = points_of(one.number, before), is = points_of(one.number, after);
        REQUIRE(is <= was);
        lowered += is < was;
        full += was == 4;
        REQUIRE(machine_answer(one, after).level != Level::unsure);
      }
      before = after;
    }
  }
  // The rounds did meet what they are about.
  CHECK(lowered > 1000);
  CHECK(full > 1000);
}

TEST_CASE("the same of the facts of a recorded PC, one after the other and all at once") {
  const auto pack = compliance::built_in_pack("5kajo");
  REQUIRE(pack);
  const auto facts_of = [&](const compliance::Evidence& evidence) {
    const auto judged = compliance::judge(evidence, *pack, {}, {}, at(0));
    CompanyFacts facts{1, 0, 1, {}, {}};
    for (const auto& one : diagnosis_sheet().questions)
      if (one.outside) facts.answers[*one.outside] = Verdict::pass;
    for (const auto& finding : judged.findings) {
      ++facts.checks[finding.finding.check].heard[finding.finding.verdict];
      if (finding.finding.verdict == Verdict::fail) ++facts.checks[finding.finding.check].failing;
    }
    return facts;
  };
  for (const char* name : {"office-plain", "nfs-office"}) {
    CAPTURE(name);
    const auto content = protocol::read_content(content_of_pc(name, at(0)), at(0));
    REQUIRE(content);
    const auto all = facts_of(content->evidence);
    std::size_t count = 0;
    auto counted = content->evidence;
    each_fact_of(counted, [&](auto&) { ++count; });
    REQUIRE(count > 50);
    for (std::size_t taken = 0; taken < count; ++taken) {
      auto evidence = content->evidence;
      std::size_t i = 0;
      each_fact_of(evidence, [&](auto& fact) {
        if (i++ == taken) fact = {};
      });
      const auto less = facts_of(evidence);
      for (const auto& one : diagnosis_sheet().questions) {
        CAPTURE(one.number);
        CAPTURE(taken);
        CHECK(points_of(one.number, less) <= points_of(one.number, all));
      }
    }
    CHECK(machine_points(facts_of({})) == 0);
  }
}

}  // namespace gokajo::tests
