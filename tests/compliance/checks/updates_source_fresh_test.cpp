#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");
Time days_ago(int days) { return kNow - platform::Days{days}; }

UpdateSource source(Tristate security, SourceState state, std::optional<int> content, std::optional<int> fetched) {
  UpdateSource found{
      security == Tristate::yes ? "http://x bookworm-security" : "http://x bookworm", state, security, security == Tristate::yes, {}, {}};
  if (content) found.content_date = days_ago(*content);
  if (fetched) found.fetched_at = days_ago(*fetched);
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
  CHECK(finding.parameters.at("date") == Parameter{Date{days_ago(0)}});
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

TEST_CASE("sources nobody could look at are unknown") { CHECK(verdict_of("updates.source-fresh", Evidence{}, kNow) == Verdict::unknown); }

}  // namespace gokajo::tests
