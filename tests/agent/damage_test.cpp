#include <cstdlib>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "platform/fault_injector.h"
#include "tests/support/damaged.h"
#include "tests/support/judging.h"
#include "tests/support/recorded_pcs.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Damage;

namespace {

Pack everything() {
  auto pack = built_in_pack("6kajo");
  REQUIRE(pack);
  return *pack;
}

Verdicts verdicts_of(const platform::Host& host, const Pack& pack, platform::Time now) {
  return tests::verdicts_of(host, agent::ScanInput{pack}, now);
}

}  // namespace

TEST_CASE("a PC that answers no question settles nothing, whatever the reason") {
  const Pack pack = everything();
  for (const auto& pc : recorded_pcs()) {
    CAPTURE(pc.name);
    const platform::SnapshotHost host(pc.snapshot);
    for (const auto damage : platform::recognisable_damages()) {
      CAPTURE(platform::to_form(damage).get<std::string>());
      const platform::FaultInjector silent(host, [&](const platform::Question&) { return std::optional(damage); });
      const auto after = verdicts_of(silent, pack, pc.snapshot.recorded_at);
      // A reply of another kind can only stand where there was a reply: "not found" stays what it was, and with it what it proves.
      if (damage == platform::Damage::wrong_reply) {
        check_less_is_known(verdicts_of(host, pack, pc.snapshot.recorded_at), after);
        continue;
      }
      for (const auto& [id, verdict] : after.checks)
        CHECK_MESSAGE((verdict == Verdict::unknown || verdict == Verdict::ask), id << " became " << toString(verdict));
    }
  }
}

// PCs answer most questions alike: such an answer is taken away once, for two reasons that the seed draws. In the long form
// (GOKAJO_DAMAGES) it is for every reason, and for one of them on every PC.
TEST_CASE("one question without an answer, whichever it is and for whatever reason, never settles a check") {
  const Pack pack = everything();
  const bool everywhere = std::getenv("GOKAJO_DAMAGES") != nullptr;
  const auto seed = from_environment("GOKAJO_SEED", std::random_device{}());
  MESSAGE("GOKAJO_SEED=" << seed);
  const std::vector reasons = {Damage::denied,    Damage::timed_out,   Damage::malformed,
                               Damage::not_asked, Damage::unsupported, Damage::wrong_reply};
  std::set<std::string> tried;
  std::uint64_t piece = 0;
  for (const auto& pc : recorded_pcs()) {
    CAPTURE(pc.name);
    const platform::SnapshotHost host(pc.snapshot);
    const auto before = verdicts_of(host, pack, pc.snapshot.recorded_at);
    for (const auto& [key, answer] : pc.snapshot.answers) {
      const bool first = tried.insert(key + (answer.reply ? platform::to_form(*answer.reply).dump() : "")).second;
      if ((!first && !everywhere) || !is_ours(piece++)) continue;
      for (const auto damage : reasons_for(reasons, first, key, seed + piece)) {
        CAPTURE(key);
        CAPTURE(platform::to_form(damage).get<std::string>());
        const platform::FaultInjector faulty(host, [&, wanted = &key](const platform::Question& question) {
          return platform::question_key(question) == *wanted ? std::optional(damage) : std::nullopt;
        });
        const auto after = verdicts_of(faulty, pack, pc.snapshot.recorded_at);
        check_less_is_known(before, after);
      }
    }
  }
}

TEST_CASE("random damages of recorded PCs never make a pass") {
  const auto runs = from_environment("GOKAJO_DAMAGES", 600);
  const auto seed = from_environment("GOKAJO_SEED", std::random_device{}());
  MESSAGE("GOKAJO_SEED=" << seed << " GOKAJO_DAMAGES=" << runs);
  const Pack pack = everything();
  const auto& pcs = recorded_pcs();
  std::vector<Verdicts> before;
  for (const auto& pc : pcs) before.push_back(verdicts_of(platform::SnapshotHost(pc.snapshot), pack, pc.snapshot.recorded_at));
  std::size_t changed = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    if (!is_ours(run)) continue;
    const auto& pc = pcs[run % pcs.size()];
    CAPTURE(pc.name);
    CAPTURE(run);
    const std::uint64_t one_in = 1 + (seed + run) % 40;
    const platform::SnapshotHost host(pc.snapshot);
    const platform::FaultInjector faulty(host, platform::random_damages(seed + run, one_in, platform::recognisable_damages()), seed + run);
    const auto after = verdicts_of(faulty, pack, pc.snapshot.recorded_at);
    check_less_is_known(before[run % pcs.size()], after);
    if (after.checks != before[run % pcs.size()].checks) ++changed;
  }
  CHECK(changed > runs / 80);  // the damages do reach the checks, also in a share of the work
}

TEST_CASE("foreign text in place of an answer never makes a pass, and no damaged text crashes a parser") {
  const auto runs = from_environment("GOKAJO_DAMAGES", 600);
  const auto seed = from_environment("GOKAJO_SEED", std::random_device{}());
  MESSAGE("GOKAJO_SEED=" << seed << " GOKAJO_DAMAGES=" << runs);
  const Pack pack = everything();
  const auto& pcs = recorded_pcs();
  std::vector<Verdicts> before;
  for (const auto& pc : pcs) before.push_back(verdicts_of(platform::SnapshotHost(pc.snapshot), pack, pc.snapshot.recorded_at));
  for (std::uint64_t run = 0; run < runs; ++run) {
    if (!is_ours(run)) continue;
    const auto& pc = pcs[run % pcs.size()];
    CAPTURE(pc.name);
    CAPTURE(run);
    const bool foreign = run % 2 == 0;
    const std::vector<Damage> ways = foreign ? std::vector{Damage::garbage} : std::vector{Damage::truncated, Damage::garbled};
    const platform::SnapshotHost host(pc.snapshot);
    const platform::FaultInjector faulty(host, platform::random_damages(seed + run, 1 + run % 20, ways), seed + run);
    const auto after = verdicts_of(faulty, pack, pc.snapshot.recorded_at);
    if (!foreign) continue;
    for (const auto& [id, verdict] : after.checks)
      CHECK_MESSAGE((verdict != Verdict::pass || before[run % pcs.size()].checks.at(id) == Verdict::pass), id);
  }
}

}  // namespace gokajo::tests
