#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Days, platform::ErrorKind;

namespace {
constexpr const char* kRead = "threats.briefing-read";
constexpr const char* kFresh = "threats.briefing-fresh";
constexpr const char* kDrill = "threats.drill-done";
using Readings = std::vector<BriefingRead>;

BriefingRead understood(int days_ago, std::int64_t right = 3) { return {"2026-autumn-ransomware", kNow - Days{days_ago}, right}; }

Evidence people(std::map<std::string, BriefingReader> readers) {
  Evidence evidence;
  evidence.threats.people = known(std::move(readers));
  return evidence;
}
Evidence one(Readings readings) { return people({{"1000", {"yamada", known(std::move(readings))}}}); }

Memory waiting(int days) {
  Memory memory;
  memory.first_seen["finding/threats.briefing-read/yamada"] = kNow - Days{days};
  return memory;
}
}  // namespace

TEST_CASE("a briefing understood counts for 120 days, and reading an old one again later counts") {
  CHECK(verdict_of(kRead, one({understood(120)})) == Verdict::pass);
  CHECK(verdict_of(kRead, one({understood(121)})) == Verdict::fail);
  CHECK(verdict_of(kRead, one({understood(400), understood(3)})) == Verdict::pass);
  CHECK(judged(kRead, one({understood(121)}), kNow, {}, {{"max_days", std::int64_t{200}}}).verdict == Verdict::pass);
}

TEST_CASE("nobody has read yet: to come for 30 days from the first look, overdue after that") {
  const auto finding = judged(kRead, one({}));
  CHECK(finding.verdict == Verdict::ask);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"yamada"}});
  CHECK(judged(kRead, one({}), kNow, waiting(30)).verdict == Verdict::ask);
  CHECK(judged(kRead, one({}), kNow, waiting(31)).verdict == Verdict::fail);
}

TEST_CASE("a reading without a right answer, or one in the future, is none") {
  CHECK(verdict_of(kRead, one({understood(3, 0)})) == Verdict::ask);
  CHECK(verdict_of(kRead, one({understood(-30)})) == Verdict::ask);
}

TEST_CASE("each person counts: one unseen makes it unknown, one overdue makes it fail") {
  const BriefingReader reader{"yamada", known(Readings{understood(3)})};
  const BriefingReader unseen{"sato", absent<Readings>(ErrorKind::denied)};
  const BriefingReader late{"suzuki", known(Readings{understood(200)})};
  const auto unknown = judged(kRead, people({{"1000", reader}, {"1001", unseen}}));
  CHECK(unknown.verdict == Verdict::unknown);
  CHECK(unknown.absence->reason == ErrorKind::denied);
  const auto failed = judged(kRead, people({{"1000", reader}, {"1001", unseen}, {"1002", late}}));
  CHECK(failed.verdict == Verdict::fail);
  CHECK(failed.parameters.at("count") == Parameter{Count{1}});
  CHECK(failed.parameters.at("people") == Parameter{Count{3}});
}

// SCS ★3, 4-2-2-1 asks for both once a year, and says that notices of the month are no drill.
TEST_CASE("a drill is no briefing read, and a briefing no drill, whatever became of the files") {
  const auto drilled = [](int days_ago, std::int64_t right = 3) {
    return BriefingRead{"drill-2019-forgotten", kNow - Days{days_ago}, right};
  };
  CHECK(verdict_of(kRead, one({drilled(3)})) == Verdict::ask);
  CHECK(verdict_of(kRead, one({drilled(3), understood(121)})) == Verdict::fail);
  CHECK(verdict_of(kDrill, one({understood(3)})) == Verdict::ask);
  CHECK(verdict_of(kDrill, one({drilled(365)})) == Verdict::pass);
  CHECK(verdict_of(kDrill, one({drilled(366)})) == Verdict::fail);
  CHECK(verdict_of(kDrill, one({drilled(400), drilled(3)})) == Verdict::pass);
  CHECK(verdict_of(kDrill, one({drilled(3, 0)})) == Verdict::ask);
  CHECK(verdict_of(kDrill, one({drilled(-30)})) == Verdict::ask);
  CHECK(verdict_of(kDrill, people({})) == Verdict::not_applicable);
  CHECK(verdict_of(kDrill, Evidence{}) == Verdict::unknown);
  Memory memory;
  memory.first_seen["finding/threats.drill-done/yamada"] = kNow - Days{31};
  CHECK(judged(kDrill, one({}), kNow, memory).verdict == Verdict::fail);
  CHECK(judged(kDrill, one({}), kNow, waiting(31)).verdict == Verdict::ask);  // the other check's waiting
}

TEST_CASE("without people or without a look nothing is said of briefings") {
  CHECK(verdict_of(kRead, people({})) == Verdict::not_applicable);
  CHECK(verdict_of(kRead, Evidence{}) == Verdict::unknown);
  CHECK(verdict_of(kFresh, Evidence{}) == Verdict::unknown);
}

TEST_CASE("the newest briefing counts for 120 days") {
  const auto offered = [](std::vector<int> ages) {
    Evidence evidence = one({});
    std::vector<BriefingOffered> briefings;
    for (const int age : ages) briefings.push_back({"id", kNow - Days{age}});
    evidence.threats.offered = known(std::move(briefings));
    return evidence;
  };
  CHECK(verdict_of(kFresh, offered({300, 120})) == Verdict::pass);
  CHECK(verdict_of(kFresh, offered({121, 300})) == Verdict::fail);
  CHECK(verdict_of(kFresh, offered({-5})) == Verdict::unknown);
  auto with_drill = offered({300});
  with_drill.threats.offered->push_back({"drill-2026-new", kNow - Days{1}});
  CHECK(verdict_of(kFresh, with_drill) == Verdict::fail);
  CHECK(verdict_of(kFresh, offered({})) == Verdict::unknown);
  auto nobody = offered({3});
  nobody.threats.people->clear();
  CHECK(verdict_of(kFresh, nobody) == Verdict::not_applicable);
  nobody.threats.people = absent<std::map<std::string, BriefingReader>>(ErrorKind::denied);
  CHECK(verdict_of(kFresh, nobody) == Verdict::unknown);
}

}  // namespace gokajo::tests
