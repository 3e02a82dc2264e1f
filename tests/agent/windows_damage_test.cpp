#include <cstdlib>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "platform/fault_injector.h"
#include "platform/snapshot.h"
#include "tests/support/damaged.h"
#include "tests/support/described_windows.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Damage, platform::FaultInjector, platform::Question;

namespace {

struct Judged {
  const DescribedPc& pc;
  agent::ScanInput input;
  Verdicts before;
};

const std::vector<Judged>& pcs() {
  static const std::vector<Judged> all = [] {
    std::vector<Judged> judged;
    for (const auto& pc : described_windows()) {
      auto input = input_of(pc);
      auto before = verdicts_of(pc.host, input, pc.host.at());
      judged.push_back({pc, std::move(input), std::move(before)});
    }
    return judged;
  }();
  return all;
}

Verdicts damaged(const Judged& judged, const platform::Host& host) { return verdicts_of(host, judged.input, judged.pc.host.at()); }

// A record of days that the PC does not keep, or that its agent does not ask for yet, leaves the calendar to decide: no damage, another PC.
bool leaves_the_calendar(const Question& question, Damage damage) {
  const auto* api = std::get_if<platform::AskApi>(&question);
  return api && api->api == "days_on" && (damage == Damage::not_asked || damage == Damage::unsupported);
}

FaultInjector::Choose but_for_the_calendar(FaultInjector::Choose choose) {
  return [choose = std::move(choose)](const Question& question) {
    auto damage = choose(question);
    if (damage && leaves_the_calendar(question, *damage)) damage.reset();
    return damage;
  };
}

std::string name_of(const Question& question) {
  if (const auto* api = std::get_if<platform::AskApi>(&question)) return api->api;
  if (const auto* wmi = std::get_if<platform::AskWmi>(&question)) return wmi->class_name;
  return std::holds_alternative<platform::StatFile>(question) ? "stat_file" : "";
}

}  // namespace

TEST_CASE("a Windows PC that answers no question settles nothing, whatever the reason") {
  for (const auto& judged : pcs()) {
    CAPTURE(judged.pc.name);
    for (const auto damage : platform::recognisable_damages()) {
      CAPTURE(platform::to_form(damage).get<std::string>());
      const FaultInjector silent(judged.pc.host, but_for_the_calendar([&](const Question&) { return std::optional(damage); }));
      check_less_is_known(judged.before, damaged(judged, silent));
    }
  }
}

// PCs answer most questions alike: such an answer is taken away once, for two reasons that the seed draws. In the long form
// (GOKAJO_DAMAGES) it is for every reason, and for one of them on every PC.
TEST_CASE("Windows: one question without an answer, whichever it is and for whatever reason, never settles a check") {
  const bool everywhere = std::getenv("GOKAJO_DAMAGES") != nullptr;
  const auto seed = from_environment("GOKAJO_SEED", std::random_device{}());
  MESSAGE("GOKAJO_SEED=" << seed);
  std::set<std::string> tried;
  std::uint64_t piece = 0;
  for (const auto& judged : pcs()) {
    CAPTURE(judged.pc.name);
    const platform::RecordingHost asked(judged.pc.host);
    damaged(judged, asked);
    for (const auto& [key, answer] : asked.answers()) {
      const bool first = tried.insert(key + (answer.reply ? platform::to_form(*answer.reply).dump() : "")).second;
      if ((!first && !everywhere) || !is_ours(piece++)) continue;
      CAPTURE(key);
      for (const auto damage : reasons_for(platform::recognisable_damages_of_windows(), first, key, seed + piece)) {
        CAPTURE(platform::to_form(damage).get<std::string>());
        const FaultInjector faulty(judged.pc.host, but_for_the_calendar([&, wanted = &key](const Question& question) {
                                     return platform::question_key(question) == *wanted ? std::optional(damage) : std::nullopt;
                                   }),
                                   tried.size());
        check_less_is_known(judged.before, damaged(judged, faulty));
      }
    }
  }
}

TEST_CASE("random damages of described Windows PCs never make a pass") {
  const auto runs = from_environment("GOKAJO_DAMAGES", 1200);
  const auto seed = from_environment("GOKAJO_SEED", std::random_device{}());
  MESSAGE("GOKAJO_SEED=" << seed << " GOKAJO_DAMAGES=" << runs);
  std::size_t changed = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    if (!is_ours(run)) continue;
    const auto& judged = pcs()[run % pcs().size()];
    CAPTURE(judged.pc.name);
    CAPTURE(run);
    const std::uint64_t one_in = 1 + (seed + run) % 40;
    std::string damages;
    CAPTURE(damages);
    const auto choose = but_for_the_calendar(platform::random_damages(seed + run, one_in, platform::recognisable_damages_of_windows()));
    const FaultInjector faulty(
        judged.pc.host,
        [&](const Question& question) {
          const auto damage = choose(question);
          if (damage) damages += source_of(question) + ": " + platform::to_form(*damage).get<std::string>() + "; ";
          return damage;
        },
        seed + run);
    const auto after = damaged(judged, faulty);
    check_less_is_known(judged.before, after);
    if (after.checks != judged.before.checks) ++changed;
  }
  CHECK(changed > runs / 80);  // the damages do reach the checks, also in a share of the work
}

TEST_CASE("Windows: what random damages once brought to light") {
  struct Row {
    const char* pc;
    const char* question;
    Damage damage;
    const char* check;
    Verdict expected;
  };
  const Row rows[] = {
      // Whether a registered product was removed is not known without its program or its services.
      {"antivirus-stale-entry-on", "services", Damage::denied, "antivirus.active", Verdict::unknown},
      {"antivirus-stale-entry-on", "stat_file", Damage::denied, "antivirus.real-time", Verdict::unknown},
      // The class of Defender is what tells "stands back" from "broken".
      {"antivirus-defender-real-time-off", "MSFT_MpComputerStatus", Damage::timed_out, "antivirus.active", Verdict::unknown},
      {"antivirus-defender-real-time-off", "MSFT_MpComputerStatus", Damage::not_asked, "antivirus.active", Verdict::unknown},
      // A service of a foreign name may be the one that guards.
      {"antivirus-crowdstrike-unregistered", "services", Damage::garbage, "antivirus.definitions-fresh", Verdict::unknown},
      // Days off may have been in the record.
      {"antivirus-defender-after-closing", "days_on", Damage::denied, "antivirus.definitions-fresh", Verdict::unknown},
      // The settings of the firewall do not stand for the state in force where the Security Center calls it poor.
      {"firewall-inbound-allowed", "firewall", Damage::failed, "sharing.firewall-on", Verdict::unknown},
      // A drive whose letter cannot be read is a drive all the same.
      {"earlier-second-drive", "drives", Damage::garbage, "disk.encrypted", Verdict::unknown},
  };
  for (const auto& row : rows) {
    CAPTURE(row.pc);
    CAPTURE(row.question);
    for (const auto& judged : pcs()) {
      if (judged.pc.name != row.pc) continue;
      for (std::uint64_t seed = 0; seed < 8; ++seed) {  // foreign values are drawn
        const FaultInjector faulty(
            judged.pc.host,
            [&](const Question& question) { return name_of(question) == row.question ? std::optional(row.damage) : std::nullopt; }, seed);
        CHECK(damaged(judged, faulty).checks.at(row.check) == row.expected);
      }
    }
  }
}

TEST_CASE("Windows: foreign values in place of an answer never make a pass, and no damaged value crashes a collector") {
  const auto runs = from_environment("GOKAJO_DAMAGES", 1200);
  const auto seed = from_environment("GOKAJO_SEED", std::random_device{}());
  MESSAGE("GOKAJO_SEED=" << seed << " GOKAJO_DAMAGES=" << runs);
  for (std::uint64_t run = 0; run < runs; ++run) {
    if (!is_ours(run)) continue;
    const auto& judged = pcs()[run % pcs().size()];
    CAPTURE(judged.pc.name);
    CAPTURE(run);
    const bool foreign = run % 2 == 0;
    const std::vector<Damage> ways = foreign ? std::vector{Damage::garbage} : std::vector{Damage::truncated, Damage::garbled};
    const FaultInjector faulty(judged.pc.host, platform::random_damages(seed + run, 1 + run % 20, ways), seed + run);
    const auto after = damaged(judged, faulty);
    if (!foreign) continue;
    for (const auto& [id, verdict] : after.checks)
      CHECK_MESSAGE((verdict != Verdict::pass || judged.before.checks.at(id) == Verdict::pass), id);
  }
}

}  // namespace gokajo::tests
