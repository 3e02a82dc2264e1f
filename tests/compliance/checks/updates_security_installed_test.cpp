#include <doctest/doctest.h>

#include "compliance/judge.h"
#include "tests/support/judging.h"
#include "tests/support/powered_on.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");
Time days_ago(int days) { return kNow - platform::Days{days}; }

PendingUpdate missing(const std::string& name, std::optional<int> not_before, std::optional<int> not_after) {
  PendingUpdate update;
  update.name = name;
  update.architecture = "amd64";
  update.installed = "1.0";
  update.offered = update.first_fix = "1.1";
  update.security = Tristate::yes;
  if (not_before) update.fix_not_before = days_ago(*not_before);
  if (not_after) update.fix_not_after = days_ago(*not_after);
  return update;
}

UpdateSource security_source(int content_days = 1, int fetched_days = 0) {
  return {"http://x bookworm-security", SourceState::ok, Tristate::yes, true, days_ago(content_days), days_ago(fetched_days)};
}

Evidence with(std::vector<PendingUpdate> updates, std::vector<UpdateSource> sources = {security_source()}) {
  Evidence evidence;
  evidence.updates.pending = fact(PendingUpdates{PackageManager::apt, 500, std::move(updates)}, "apt-get -s dist-upgrade", kNow);
  evidence.updates.sources =
      fact(UpdateSources{PackageManager::apt, SecurityChannel::own_archive, {}, std::move(sources)}, "/var/lib/apt/lists", kNow);
  return evidence;
}

Finding judge_it(const Evidence& evidence, const Memory& memory = {}) {
  return judged("updates.security-installed", evidence, kNow, memory);
}

}  // namespace

TEST_CASE("a fix that was certainly out more than 14 days ago and is missing fails by name, with its date") {
  const auto finding = judge_it(with({missing("hana", 60, 30), missing("kaki", 3, 1)}));
  CHECK(finding.verdict == Verdict::fail);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"hana"}});
  CHECK(finding.items[0].at("since") == Parameter{Date{days_ago(30)}});
  CHECK(verdict_of("updates.security-installed", with({missing("hana", 60, 15)}), kNow) == Verdict::fail);
}

TEST_CASE("within 14 days is pass only where it is proven, and the note names the package") {
  const auto finding = judge_it(with({missing("hana", 13, 1)}));
  CHECK(finding.verdict == Verdict::pass);
  CHECK(finding.situation == "within-days");
  REQUIRE(finding.items.size() == 1);
  CHECK(verdict_of("updates.security-installed", with({missing("hana", 15, 13)}), kNow) == Verdict::unknown);
}

TEST_CASE("a missing fix whose date nothing bounds is unknown, never pass") {
  for (const auto& update :
       {missing("hana", {}, {}), missing("hana", {}, 0), missing("hana", 300, 0), missing("hana", -3, {}), missing("hana", {}, -40)}) {
    const auto finding = judge_it(with({update}));
    CHECK(finding.verdict == Verdict::unknown);
    CHECK(finding.situation == "since-unknown");
    REQUIRE(finding.items.size() == 1);
  }
}

TEST_CASE("bounds that contradict each other prove nothing good") {
  CHECK(judge_it(with({missing("hana", 3, 30)})).verdict == Verdict::fail);
  CHECK(judge_it(with({missing("hana", 3, 10)})).verdict == Verdict::unknown);
}

TEST_CASE("updates that fix no weakness, new packages and phased ones do not decide") {
  auto ordinary = missing("hana", 300, 200), phased = ordinary, comes = ordinary;
  ordinary.security = Tristate::no;
  phased.state = PendingState::phased;
  comes.installed.clear();
  CHECK(judge_it(with({ordinary, phased, comes})).verdict == Verdict::pass);
}

TEST_CASE("a held or pinned fix is missing all the same, and the finding says what holds it") {
  for (const auto state : {PendingState::held, PendingState::pinned, PendingState::ignored}) {
    auto update = missing("hana", 60, 30);
    update.state = state;
    const auto finding = judge_it(with({update, missing("kaki", 60, 30)}));
    CHECK(finding.verdict == Verdict::fail);
    CHECK(finding.situation == "missing-late-held");
    CHECK(finding.parameters.at("held") == Parameter{List{{"hana"}}});
  }
}

TEST_CASE("what a third party's archive has newer counts, since it tells fixes from nothing") {
  auto update = missing("browser", 60, 30);
  update.security = Tristate::unknown;
  CHECK(judge_it(with({update})).verdict == Verdict::fail);
}

TEST_CASE("our own first sight dates a fix, and an index that did not have it yet dates it from below") {
  Memory memory;
  memory.first_seen["offer/hana:amd64/1.0"] = days_ago(20);
  CHECK(judge_it(with({missing("hana", {}, 0)}), memory).verdict == Verdict::fail);
  memory.first_seen["offer/hana:amd64/1.0"] = days_ago(3);
  CHECK(judge_it(with({missing("hana", {}, 0)}), memory).verdict == Verdict::unknown);

  Memory seen;
  seen.not_offered["source/http://x bookworm-security"] = days_ago(2);
  auto update = missing("hana", {}, 0);
  CHECK(judge_it(with({update}), seen).verdict == Verdict::unknown);  // nothing says that 1.0 was here then
  update.installed_at = days_ago(100);
  CHECK(judge_it(with({update}), seen).verdict == Verdict::pass);
  update.installed_at = days_ago(1);  // an older version put on since
  CHECK(judge_it(with({update}), seen).verdict == Verdict::unknown);
  update.installed_at = days_ago(100);
  // A source of fixes that was not there then may bring old ones.
  CHECK(judge_it(with({update}, {security_source(),
                                 {"http://esm noble-infra-security", SourceState::ok, Tristate::yes, true, days_ago(1), days_ago(0)}}),
                 seen)
            .verdict == Verdict::unknown);
}

TEST_CASE("what was first seen stays known until the package changes, and no scan that could not look forgets it") {
  auto update = missing("hana", {}, 0);
  update.installed_at = days_ago(100);
  Memory memory;
  memory.not_offered["source/http://x bookworm-security"] = days_ago(2);
  auto next = remember(memory, with({update}), {}, kNow);
  CHECK(next.first_seen.at("offer/hana:amd64/1.0") == kNow);
  CHECK(next.not_offered.at("offer/hana:amd64/1.0") == days_ago(2));
  CHECK(next.not_offered.at("source/http://x bookworm-security") == days_ago(1));
  // A later scan: still within what the first one proved; then late.
  CHECK(judged("updates.security-installed", with({update}, {security_source(-5, -5)}), kNow + platform::Days{6}, next).verdict ==
        Verdict::pass);
  CHECK(judged("updates.security-installed", with({update}, {security_source(-15, -15)}), kNow + platform::Days{15}, next).verdict ==
        Verdict::fail);
  CHECK(remember(next, Evidence{}, {}, kNow).first_seen == next.first_seen);
  CHECK(remember(next, with({}), {}, kNow).first_seen.empty());
  update.installed = "1.0.5";  // partly updated: the clock of what it lacks now begins anew
  CHECK_FALSE(remember(next, with({update}), {}, kNow + platform::Days{1}).first_seen.contains("offer/hana:amd64/1.0"));
}

TEST_CASE("nothing missing by an old, foreign or absent index proves nothing") {
  CHECK(judge_it(with({})).verdict == Verdict::pass);
  CHECK(judge_it(with({}, {security_source(40, 0)})).verdict == Verdict::unknown);
  CHECK(judge_it(with({}, {security_source(8, 8)})).verdict == Verdict::unknown);
  CHECK(judge_it(with({}, {})).verdict == Verdict::unknown);
  CHECK(judge_it(with({missing("hana", 3, 1)}, {security_source(40, 0)})).verdict == Verdict::unknown);
  auto never = security_source();
  never.state = SourceState::never_fetched;
  CHECK(judge_it(with({}, {never})).verdict == Verdict::unknown);
  auto evidence = with({});
  evidence.updates.sources->security_lacking = {"bookworm-security"};
  CHECK(judge_it(evidence).verdict == Verdict::unknown);
  evidence.updates.sources = no_fact<UpdateSources>({ErrorKind::denied, ""}, "/etc/apt", kNow);
  CHECK(judge_it(evidence).verdict == Verdict::unknown);
  // A fix that is certainly late is late by an old index too.
  CHECK(judge_it(with({missing("hana", 60, 30)}, {security_source(40, 0)})).verdict == Verdict::fail);
}

// A rolling release: pacman's databases, none of them of fixes alone; content_date is the database's own time.
Evidence rolling(std::vector<PendingUpdate> updates, int content_days = 1, int fetched_days = 0) {
  Evidence evidence;
  for (auto& update : updates) update.security = Tristate::unknown;
  evidence.updates.pending = fact(PendingUpdates{PackageManager::pacman, 500, std::move(updates)}, "pacman -Qu", kNow);
  std::vector<UpdateSource> sources;
  for (const char* name : {"core", "extra"})
    sources.push_back({name, SourceState::ok, Tristate::unknown, false, days_ago(content_days), days_ago(fetched_days)});
  evidence.updates.sources =
      fact(UpdateSources{PackageManager::pacman, SecurityChannel::newest_version, {}, std::move(sources)}, "pacman-conf", kNow);
  return evidence;
}

TEST_CASE("where no fix is told from other updates, every one counts, after 7 days and by its own setting") {
  const auto late = judge_it(rolling({missing("hana", {}, 8), missing("kaki", {}, 3)}));
  CHECK(late.verdict == Verdict::fail);
  CHECK(late.situation == "rolling-late");
  CHECK(late.items.size() == 1);
  CHECK(late.parameters.at("days") == Parameter{DayCount{7}});
  CHECK(judge_it(rolling({missing("hana", {}, 7)})).situation == "rolling-since-unknown");
  CHECK(judge_it(rolling({missing("hana", 7, 1)})).situation == "rolling-within-days");
  CHECK(judge_it(rolling({missing("hana", 8, 1)})).verdict == Verdict::unknown);
  auto ignored = missing("hana", {}, 8);
  ignored.state = PendingState::ignored;
  CHECK(judge_it(rolling({ignored})).situation == "rolling-late-held");
  ignored.fix_not_after = days_ago(1);
  CHECK(judge_it(rolling({ignored})).situation == "rolling-since-unknown-held");
  const Settings fortnight = {{"rolling_max_days", std::int64_t{14}}};
  CHECK(judged("updates.security-installed", rolling({missing("hana", {}, 8)}), kNow, {}, fortnight).verdict == Verdict::unknown);
  // Neither setting serves the other.
  const Settings other = {{"max_days", std::int64_t{30}}};
  CHECK(judged("updates.security-installed", rolling({missing("hana", {}, 8)}), kNow, {}, other).verdict == Verdict::fail);
  CHECK(judge_it(with({missing("hana", 13, 1)})).verdict == Verdict::pass);
}

TEST_CASE("on a rolling release nothing missing is said by a fresh index alone, and an old one says nothing good") {
  CHECK(judge_it(rolling({})).situation == "nothing-missing");
  CHECK(judge_it(rolling({}, 20, 8)).verdict == Verdict::unknown);
  CHECK(judge_it(rolling({missing("hana", 3, 1)}, 20, 8)).verdict == Verdict::unknown);
}

TEST_CASE("a database that did not offer it yet dates an update of a rolling release from below") {
  auto update = missing("hana", {}, 0);
  update.installed_at = days_ago(100);
  Memory seen;
  seen.not_offered["source/core"] = days_ago(2);
  CHECK(judge_it(rolling({update}), seen).verdict == Verdict::unknown);  // "extra" was never seen: it may bring old ones
  seen.not_offered["source/extra"] = days_ago(6);
  CHECK(judge_it(rolling({update}), seen).situation == "rolling-within-days");
  seen.not_offered["source/extra"] = days_ago(8);
  CHECK(judge_it(rolling({update}), seen).verdict == Verdict::unknown);
  seen.not_offered["source/extra"] = days_ago(6);
  update.installed_at = days_ago(1);  // an older version put on since
  CHECK(judge_it(rolling({update}), seen).verdict == Verdict::unknown);
  update.installed_at.reset();
  CHECK(judge_it(rolling({update}), seen).verdict == Verdict::unknown);
  // A source of fixes beside them: then what others offer is not all that was looked at.
  update.installed_at = days_ago(100);
  auto mixed = rolling({update});
  mixed.updates.sources->sources[0].security = Tristate::yes;
  CHECK(judge_it(mixed, seen).verdict == Verdict::unknown);
}

TEST_CASE("after days off the index of before them counts, for as long as what it cannot show is not overdue") {
  auto evidence = with({}, {security_source(12, 12)});
  evidence.device.powered_on = on_but(kNow, 60, tests::days_ago(11, 1));
  const auto finding = judge_it(evidence);
  CHECK(finding.verdict == Verdict::pass);
  CHECK(finding.situation == "nothing-missing");
  CHECK(finding.parameters.at("date") == Parameter{Date{days_ago(12)}});
  // Where the company allows fewer days, an index of 12 days ago may hide an overdue fix.
  CHECK(judged("updates.security-installed", evidence, kNow, {}, {{"max_days", std::int64_t{11}}}).verdict == Verdict::unknown);
  evidence.device.powered_on = on_but(kNow, 60, {});
  CHECK(judge_it(evidence).verdict == Verdict::unknown);
  evidence = with({}, {security_source(15, 15)});
  evidence.device.powered_on = on_but(kNow, 60, tests::days_ago(14, 1));
  CHECK(judge_it(evidence).verdict == Verdict::unknown);
  // What is known to be overdue stays so, whether the PC was on or not.
  evidence.updates.pending->updates = {missing("hana", 60, 30)};
  CHECK(judge_it(evidence).verdict == Verdict::fail);
}

TEST_CASE("without an answer about missing updates nothing is said") {
  CHECK(judge_it(Evidence{}).verdict == Verdict::unknown);
  auto evidence = with({});
  evidence.updates.pending = no_fact<PendingUpdates>({ErrorKind::timed_out, ""}, "apt-get", kNow);
  CHECK(judge_it(evidence).absence->reason == ErrorKind::timed_out);
  evidence = with({});
  evidence.updates.pending->installed_count = 0;
  CHECK(judge_it(evidence).verdict == Verdict::unknown);
}

}  // namespace gokajo::tests
