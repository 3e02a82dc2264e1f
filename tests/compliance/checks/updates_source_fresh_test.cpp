#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/powered_on.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");
Time ago(int days) { return kNow - platform::Days{days}; }

UpdateSource source(Tristate security, SourceState state, std::optional<int> content, std::optional<int> fetched) {
  UpdateSource found{
      security == Tristate::yes ? "http://x bookworm-security" : "http://x bookworm", state, security, security == Tristate::yes, {}, {}};
  if (content) found.content_date = ago(*content);
  if (fetched) found.fetched_at = ago(*fetched);
  return found;
}

Finding judge_it(std::vector<UpdateSource> sources, std::vector<std::string> lacking = {},
                 SecurityChannel channel = SecurityChannel::own_archive) {
  Evidence evidence;
  evidence.updates.sources =
      fact(UpdateSources{PackageManager::apt, channel, std::move(lacking), std::move(sources)}, "/var/lib/apt/lists", kNow);
  return judged("updates.source-fresh", evidence, kNow);
}

}  // namespace

TEST_CASE("a source of fixes fetched within 7 days passes; main's old date says nothing, it changes every other month") {
  const auto finding = judge_it({source(Tristate::no, SourceState::ok, 130, 130), source(Tristate::yes, SourceState::ok, 3, 0)});
  CHECK(finding.verdict == Verdict::pass);
  CHECK(finding.parameters.at("date") == Parameter{Date{ago(0)}});
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 7, 7)}).verdict == Verdict::pass);
}

TEST_CASE("an index older than 7 days is unknown, one older than 30 days fails, by fetch or by its own date") {
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 8, 8)}).verdict == Verdict::unknown);
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 11, 0)}).verdict == Verdict::unknown);  // fetched today, made 11 days ago
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 31, 31)}).verdict == Verdict::fail);
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 40, 0)}).verdict == Verdict::fail);
  CHECK(judge_it({source(Tristate::yes, SourceState::expired, 9, 8)}).verdict == Verdict::unknown);
  CHECK(judge_it({source(Tristate::yes, SourceState::expired, 40, 0)}).verdict == Verdict::fail);
}

TEST_CASE("the oldest source of fixes decides") {
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 1, 0), source(Tristate::yes, SourceState::ok, 8, 8)}).verdict == Verdict::unknown);
}

TEST_CASE("a missing or never fetched source of fixes fails, another never fetched source is unknown") {
  CHECK(judge_it({source(Tristate::no, SourceState::ok, 1, 0)}, {"bookworm-security"}).situation == "security-source-missing");
  CHECK(judge_it({source(Tristate::no, SourceState::ok, 1, 0)}, {"bookworm-security"}).verdict == Verdict::fail);
  CHECK(judge_it({source(Tristate::yes, SourceState::never_fetched, {}, {})}).verdict == Verdict::fail);
  const auto other =
      judge_it({source(Tristate::yes, SourceState::ok, 1, 0), source(Tristate::unknown, SourceState::never_fetched, {}, {})});
  CHECK(other.verdict == Verdict::unknown);
  REQUIRE(other.items.size() == 1);
  CHECK(other.items[0].at("name") == Parameter{Name{"http://x bookworm"}});
}

TEST_CASE("disabled sources and discs neither help nor harm") {
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 1, 0), source(Tristate::yes, SourceState::disabled, {}, {}),
                  source(Tristate::unknown, SourceState::removable, {}, {})})
            .verdict == Verdict::pass);
  CHECK(judge_it({source(Tristate::yes, SourceState::disabled, {}, {})}).verdict == Verdict::fail);
  CHECK(judge_it({}).verdict == Verdict::fail);
}

TEST_CASE("a source that cannot be read or tells no date is unknown") {
  CHECK(judge_it({source(Tristate::yes, SourceState::unreadable, {}, 0)}).verdict == Verdict::unknown);
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, {}, {})}).verdict == Verdict::unknown);
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, {}, 0)}).verdict == Verdict::unknown);
}

TEST_CASE("a clock far from the index's date proves no freshness") {
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, -3, -3)}).verdict == Verdict::unknown);
}

TEST_CASE("where a release has no archive of fixes of its own, every source must be fresh; where that is not known, unknown") {
  CHECK(judge_it({source(Tristate::unknown, SourceState::ok, 1, 0)}, {}, SecurityChannel::newest_version).verdict == Verdict::pass);
  CHECK(judge_it({source(Tristate::unknown, SourceState::ok, 9, 9)}, {}, SecurityChannel::newest_version).verdict == Verdict::unknown);
  CHECK(judge_it({source(Tristate::unknown, SourceState::ok, 1, 0)}, {}, SecurityChannel::unknown).verdict == Verdict::unknown);
  CHECK(judge_it({source(Tristate::yes, SourceState::ok, 1, 0)}, {}, SecurityChannel::unknown).verdict == Verdict::pass);
}

namespace {

Evidence with(std::vector<UpdateSource> sources, Fact<PoweredOn> record) {
  Evidence evidence;
  evidence.updates.sources =
      fact(UpdateSources{PackageManager::apt, SecurityChannel::own_archive, {}, std::move(sources)}, "/var/lib/apt/lists", kNow);
  evidence.device.powered_on = std::move(record);
  return evidence;
}

Finding with_record(std::vector<UpdateSource> sources, Fact<PoweredOn> record, const Memory& memory = {}) {
  return judged("updates.source-fresh", with(std::move(sources), std::move(record)), kNow, memory);
}

}  // namespace

TEST_CASE("a PC that was switched off since is not blamed, one that was on is") {
  const auto off = with_record({source(Tristate::yes, SourceState::ok, 11, 11)}, on_but(kNow, 20, days_ago(10, 1)));
  CHECK(off.verdict == Verdict::pass);
  CHECK(off.situation == "fresh-powered");
  CHECK(off.parameters.at("date") == Parameter{Date{ago(11)}});
  CHECK(off.parameters.at("on_days") == Parameter{DayCount{1}});
  const auto on = with_record({source(Tristate::yes, SourceState::ok, 11, 11)}, on_but(kNow, 20, {}));
  CHECK(on.verdict == Verdict::unknown);
  CHECK(on.situation == "stale-powered");
  CHECK(on.items.at(0).at("on_days") == Parameter{DayCount{11}});
  CHECK(on.items.at(0).at("date") == Parameter{Date{ago(11)}});
  // Seven powered-on days of ten count, eight do not.
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 10, 10)}, on_but(kNow, 20, {2, 3, 6})).verdict == Verdict::pass);
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 10, 10)}, on_but(kNow, 20, {2, 3})).verdict == Verdict::unknown);
}

TEST_CASE("a record never makes an index older than the calendar does, and none is needed within the limits") {
  for (const auto& record : {on_but(kNow, 20, {}), on_but(kNow, 2, {}), Fact<PoweredOn>{}}) {
    const auto finding = with_record({source(Tristate::yes, SourceState::ok, 7, 7)}, record);
    CHECK(finding.verdict == Verdict::pass);
    CHECK(finding.situation == "fresh");
  }
}

TEST_CASE("the calendar decides where the record does not cover the time since, or is contradicted") {
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 11, 11)}, on_but(kNow, 9, days_ago(9, 1))).situation == "stale");
  Memory memory;
  memory.scan_days = {Time{platform::local_day(ago(4), platform::kJapanOffset)}};
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 11, 11)}, on_but(kNow, 20, days_ago(10, 1)), memory).situation == "stale");
}

TEST_CASE("an index above 14 calendar days passes for no record: a fix in it may be overdue") {
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 14, 14)}, on_but(kNow, 30, days_ago(13, 1))).verdict == Verdict::pass);
  const auto old = with_record({source(Tristate::yes, SourceState::ok, 15, 15)}, on_but(kNow, 30, days_ago(14, 1)));
  CHECK(old.verdict == Verdict::unknown);
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 15, 14)}, on_but(kNow, 30, days_ago(14, 1))).verdict == Verdict::unknown);
}

TEST_CASE("days off excuse no index that was old when it was fetched: the archive's copy stands still") {
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 12, 0)}, on_but(kNow, 20, days_ago(11, 1))).verdict == Verdict::unknown);
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 12, 0)}, on_but(kNow, 20, days_ago(11, 1))).situation == "stale");
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 12, 10)}, on_but(kNow, 20, days_ago(9, 1))).verdict == Verdict::pass);
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 40, 0)}, on_but(kNow, 60, days_ago(39, 1))).verdict == Verdict::fail);
  CHECK(with_record({source(Tristate::yes, SourceState::expired, 12, 1)}, on_but(kNow, 20, days_ago(11, 1))).verdict == Verdict::unknown);
}

TEST_CASE("an index whose own time ended while the PC was off is as good as its powered-on days") {
  CHECK(with_record({source(Tristate::yes, SourceState::expired, 11, 11)}, on_but(kNow, 20, days_ago(10, 1))).verdict == Verdict::pass);
  CHECK(with_record({source(Tristate::yes, SourceState::expired, 8, 8)}, on_but(kNow, 20, {})).verdict == Verdict::unknown);
  CHECK(with_record({source(Tristate::yes, SourceState::expired, 3, 3)}, on_but(kNow, 20, {})).verdict == Verdict::unknown);
  CHECK(with_record({source(Tristate::yes, SourceState::expired, 10, 0)}, on_but(kNow, 20, {1, 2})).verdict == Verdict::unknown);
}

TEST_CASE("an index above 30 days is a fault unless the PC was off nearly all the time") {
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 40, 40)}, on_but(kNow, 60, days_ago(39, 1))).verdict == Verdict::unknown);
  const auto on = with_record({source(Tristate::yes, SourceState::ok, 40, 40)}, on_but(kNow, 60, days_ago(39, 9)));
  CHECK(on.verdict == Verdict::fail);
  CHECK(on.situation == "stale-long-powered");
  CHECK(on.items.at(0).at("on_days") == Parameter{DayCount{9}});
  // Where the days are open, nothing is proven either way.
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 40, 40)}, on_but(kNow, 60, {}, days_ago(39, 5))).verdict == Verdict::unknown);
  CHECK(with_record({source(Tristate::yes, SourceState::ok, 11, 11)}, on_but(kNow, 60, {}, days_ago(10, 1))).situation == "stale");
}

TEST_CASE("a PC just started after more days off than are recorded is given its hours") {
  auto evidence = with({source(Tristate::yes, SourceState::ok, 90, 90)}, on_but(kNow, 60, days_ago(60, 1)));
  evidence.device.system = fact(System{}, "", kNow);
  evidence.device.system->booted = kNow - std::chrono::minutes{20};
  CHECK(verdict_of("updates.source-fresh", evidence, kNow) == Verdict::unknown);
  evidence.device.system->booted = kNow - std::chrono::hours{3};
  CHECK(verdict_of("updates.source-fresh", evidence, kNow) == Verdict::fail);
}

TEST_CASE("sources nobody could look at are unknown") { CHECK(verdict_of("updates.source-fresh", Evidence{}, kNow) == Verdict::unknown); }

}  // namespace gokajo::tests
