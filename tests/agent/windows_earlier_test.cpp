#include <map>
#include <random>

#include <doctest/doctest.h>

#include "agent/kept_scan.h"
#include "collectors/last_answers.h"
#include "platform/last_answers.h"
#include "platform/snapshot.h"
#include "tests/support/damaged.h"
#include "tests/support/described_windows.h"
#include "tests/support/judging.h"
#include "tests/support/temporary_directory.h"

// Windows PCs on which what a child asks (WMI, the update client, out-of-process COM) stops answering.
namespace gokajo::tests {

using namespace compliance;
using platform::Answer, platform::Error, platform::ErrorKind, platform::Host, platform::Question;

namespace {

bool may_stand_in(const Question& question) { return collectors::witnesses_of(question).has_value(); }

const DescribedPc& pc_named(const std::string& name) {
  for (const auto& pc : described_windows())
    if (pc.name == name) return pc;
  FAIL("no such PC: " << name);
  return described_windows().front();
}

// A described PC at another time, whose answers may be taken away or changed.
struct LaterPc : Host {
  const DescribedPc& pc;
  platform::Time now = pc.host.at();
  bool silent = false;
  ErrorKind reason = ErrorKind::timed_out;
  std::string stopped;  ///< a service

  explicit LaterPc(const std::string& name) : pc(pc_named(name)) {}
  Answer ask(const Question& question) const override {
    if (silent && may_stand_in(question)) return {Error{reason, source_of(question)}, now};
    auto answer = pc.host.ask(question);
    answer.observed_at = now;
    const auto* api = std::get_if<platform::AskApi>(&question);
    if (api && api->api == "services" && answer.reply && !stopped.empty())
      for (auto& row : std::get<platform::Rows>(*answer.reply).rows)
        if (platform::cell_of(row, "name")->text() == stopped) row["state"] = platform::Cell{std::int64_t{1}};
    return answer;
  }
};

struct Scans {
  TemporaryDirectory place;
  LaterPc pc;

  explicit Scans(const std::string& name) : pc(name) {}
  std::map<std::string, Finding> scan() {
    auto state = agent::State::open(place.path() + "/state", true);
    REQUIRE(state);
    auto input = input_of(pc.pc);
    input.memory = state->read_memory();
    const auto done = agent::scan_and_keep(pc, *state, input, pc.now, true);
    REQUIRE(done);
    REQUIRE(done->kept);
    std::map<std::string, Finding> found;
    for (const auto& one : done->result.judgement.findings) found.emplace(one.finding.check, one.finding);
    return found;
  }
};

}  // namespace

TEST_CASE("from scan to scan: the last answer stands in, ages, stops counting and comes back") {
  Scans scans("win11-pro-25h2");
  auto& pc = scans.pc;
  CHECK(scans.scan().at("disk.encrypted").verdict == Verdict::pass);
  pc.silent = true;
  for (int day = 1; day <= 10; ++day) {
    CAPTURE(day);
    pc.now += platform::Days{1};
    const auto found = scans.scan();
    for (const char* check : {"disk.encrypted", "antivirus.tamper-protected", "sharing.smb-signing"}) {
      CAPTURE(std::string(check));
      const auto& finding = found.at(check);
      CHECK(finding.verdict == (day <= 7 ? Verdict::pass : Verdict::unknown));
      REQUIRE(finding.earlier);
      CHECK(finding.earlier->days == day);
      CHECK(finding.earlier->counts == (day <= 7));
      CHECK(finding.earlier->verdict == Verdict::pass);
    }
    // Its own limit counts as well: a date does not become younger with the answer that told it.
    if (day > 7) CHECK(found.at("updates.source-fresh").verdict == Verdict::unknown);
  }
  pc.silent = false;
  CHECK(scans.scan().at("disk.encrypted").verdict == Verdict::pass);
  CHECK_FALSE(scans.scan().at("disk.encrypted").earlier);
}

TEST_CASE("an antivirus whose service stopped since, and a PC that refuses, have no earlier answer") {
  Scans scans("win11-pro-25h2");
  CHECK(scans.scan().at("antivirus.active").verdict == Verdict::pass);
  scans.pc.silent = true;
  scans.pc.now += platform::Days{1};
  CHECK(scans.scan().at("antivirus.active").verdict == Verdict::pass);
  scans.pc.stopped = "WinDefend";
  const auto stopped = scans.scan();
  CHECK(stopped.at("antivirus.active").verdict != Verdict::pass);
  CHECK(stopped.at("antivirus.real-time").verdict != Verdict::pass);
  CHECK_FALSE(stopped.at("antivirus.active").earlier);
  for (const auto kind : {ErrorKind::denied, ErrorKind::failed, ErrorKind::unsupported, ErrorKind::not_found}) {
    Scans refused("win11-pro-25h2");
    refused.scan();
    refused.pc.silent = true;
    refused.pc.reason = kind;
    for (const auto& [check, finding] : refused.scan()) CHECK_FALSE_MESSAGE(finding.earlier, check);
  }
}

TEST_CASE("what is recorded is judged the same again, with the age of its answers") {
  for (const char* name : {"earlier-all-silent", "earlier-all-silent-nine-days", "earlier-disk-open"}) {
    CAPTURE(std::string(name));
    const auto& pc = pc_named(name);
    const platform::RecordingHost recorder(pc.host);
    const auto first = agent::scan(recorder, input_of(pc), pc.host.at());
    REQUIRE(first);
    const auto snapshot = platform::read_snapshot(platform::write_snapshot({pc.host.at(), recorder.answers(), nullptr, nullptr}));
    REQUIRE_MESSAGE(snapshot, snapshot.error().detail);
    const auto again = agent::scan(platform::SnapshotHost(*snapshot), input_of(pc), pc.host.at());
    REQUIRE(again);
    std::size_t earlier = 0;
    for (std::size_t i = 0; i < first->judgement.findings.size(); ++i) {
      const auto &a = first->judgement.findings[i].finding, &b = again->judgement.findings[i].finding;
      CHECK(platform::to_form(a.verdict) == platform::to_form(b.verdict));
      CHECK(a.earlier.has_value() == b.earlier.has_value());
      earlier += a.earlier.has_value();
    }
    CHECK(earlier > 0);
  }
}

// PCs that answered everything, of which any part is now of an earlier scan, of any age: nothing gets better by that.
TEST_CASE("ageing answers never makes a pass of anything else, and none older than seven days counts") {
  const auto runs = from_environment("GOKAJO_DAMAGES", 400);
  const auto seed = from_environment("GOKAJO_SEED", std::random_device{}());
  MESSAGE("GOKAJO_SEED=" << seed << " GOKAJO_DAMAGES=" << runs);
  struct Aged : Host {
    const DescribedPc& pc;
    std::uint64_t seed;
    int youngest, oldest;
    bool timed_out = false;
    Aged(const DescribedPc& of, std::uint64_t with, int from, int to) : pc(of), seed(with), youngest(from), oldest(to) {}
    Answer ask(const Question& question) const override {
      auto answer = pc.host.ask(question);
      std::mt19937_64 random(seed ^ std::hash<std::string>{}(platform::question_key(question)));
      if (!may_stand_in(question) || !answer.reply || random() % 3 == 0) return answer;
      if (timed_out) return {Error{ErrorKind::timed_out, "aged"}, pc.host.at()};
      answer.observed_at =
          pc.host.at() - std::chrono::hours{youngest + static_cast<int>(random() % static_cast<unsigned>(oldest - youngest))};
      answer.no_newer = Error{ErrorKind::timed_out, "aged"};
      return answer;
    }
  };
  const auto& pcs = described_windows();
  std::size_t counted = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    if (!is_ours(run)) continue;
    const auto& pc = pcs[run % pcs.size()];
    if (!pc.host.description().at("earlier").empty()) continue;  // its answers have an age of their own
    CAPTURE(pc.name);
    CAPTURE(run);
    const auto input = input_of(pc);
    const auto before = verdicts_of(pc.host, input, pc.host.at());
    const Aged aged(pc, seed + run, 0, 14 * 24);
    const auto after = verdicts_of(aged, input, pc.host.at());
    check_less_is_known(before, after);
    Aged old(pc, seed + run, 7 * 24 + 1, 29 * 24), without(pc, seed + run, 0, 1);
    without.timed_out = true;
    const auto silent = verdicts_of(without, input, pc.host.at());
    CHECK(verdicts_of(old, input, pc.host.at()).checks == silent.checks);
    counted += after.checks != silent.checks;
  }
  CHECK(counted > runs / 80);  // earlier answers do count
}

}  // namespace gokajo::tests
