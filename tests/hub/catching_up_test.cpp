// Expected by people.md section 4, updates.security-installed: "After holidays it stays fail but shows 対応中 and enters the mail only
// after 3 powered-on days." What was late before the holidays is no matter of theirs, and nothing is excused that is not proven.
#include "hub/catching_up.h"

#include "hub/kept_content.h"
#include "hub/kept_finding.h"
#include "hub/mail/weekly_from_store.h"
#include "hub/mail/weekly_text.h"
#include "tests/hub/office.h"
#include "tests/support/powered_on.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Date, compliance::DayCount, compliance::Verdict;
using platform::Days, platform::Time;

namespace {

const Time kNow = *platform::parse_time("2027-01-08T01:00:00Z");  // ten in the morning in Japan

compliance::JudgedFinding late(int days_since_fix, const char* situation = "missing-late") {
  compliance::JudgedFinding judged;
  judged.finding.check = "updates.security-installed";
  judged.finding.situation = situation;
  judged.finding.verdict = Verdict::fail;
  judged.finding.parameters = {{"days", DayCount{14}}, {"since", Date{kNow - Days{days_since_fix}}}};
  judged.rule = "updates";
  judged.role = compliance::Role::required;
  return judged;
}

KeptFinding kept(const compliance::JudgedFinding& judged) { return kept_finding(judged, kNow); }

bool catching_up(const compliance::JudgedFinding& judged, const compliance::Fact<compliance::PoweredOn>& record,
                 const compliance::Memory& memory = {}) {
  return is_catching_up(kept(judged), judged.finding.parameters, judged.finding.situation, record, memory);
}

}  // namespace

TEST_CASE("behind days off, late updates are being dealt with for three days of use") {
  // Off from ten to one days ago, so this is the first day; the fix is 20 days old: its 14 days ended within the days off.
  const auto record = on_but(kNow, 40, days_ago(10, 1));
  CHECK(catching_up(late(20), record));
  // The third day of use, and the fourth.
  CHECK(catching_up(late(20), on_but(kNow, 40, days_ago(10, 3))));
  CHECK_FALSE(catching_up(late(20), on_but(kNow, 40, days_ago(10, 4))));
  // Late one day before it was switched off: since 11 days. The last day in time is the 14th after the fix.
  CHECK_FALSE(catching_up(late(25), record));
  CHECK(catching_up(late(24), record));
  // A weekend is none.
  CHECK_FALSE(catching_up(late(15), on_but(kNow, 40, days_ago(2, 1))));
  CHECK(catching_up(late(15), on_but(kNow, 40, days_ago(3, 1))));
}

TEST_CASE("nothing is excused that is not proven, that a setting causes, or that is another check's") {
  const auto record = on_but(kNow, 40, days_ago(10, 1));
  CHECK_FALSE(catching_up(late(20), {}));
  CHECK_FALSE(catching_up(late(20), on_but(kNow, 40, days_ago(10, 1), days_ago(10, 1))));
  CHECK_FALSE(catching_up(late(20, "missing-late-held"), record));
  compliance::Memory memory;
  memory.scan_days = {Time{platform::local_day(kNow, platform::kJapanOffset)} - Days{4}};
  CHECK_FALSE(catching_up(late(20), record, memory));
  auto other = late(20);
  other.finding.check = "updates.os-supported";
  CHECK_FALSE(catching_up(other, record));
  auto undated = late(20);
  undated.finding.parameters.erase("since");
  CHECK_FALSE(catching_up(undated, record));
  auto advice = late(20);
  advice.role = compliance::Role::advice;
  CHECK_FALSE(catching_up(advice, record));
}

TEST_CASE("who is catching up is told so, asked for nothing, and called neither fine nor new; three days later it is asked") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  auto evidence = protocol::read_content(content_of_pc("falcon-on", at(0)), at(0));
  REQUIRE(evidence);
  const auto live = [&](Time now, const std::vector<int>& off) {
    evidence->evidence.device.powered_on = on_but(now, 40, off);
    auto device = office.device(pc);
    device.last_receipt = device.last_scanned = now;
    const auto judged = late(20);
    REQUIRE(office.store->begin());
    REQUIRE(office.store->put_device(device));
    if (!office.store->report("yamada", pc.id(), {1, 1})) REQUIRE(office.store->add_report({"yamada", pc.id(), {1, 1}, "", "x", now}));
    REQUIRE(office.store->put_content("yamada", pc.id(), keep_content({1, 1}, protocol::write_content(*evidence), now, now)));
    std::map<std::string, Verdict> rules = {{"updates", Verdict::fail}};
    for (const char* rule : {"antivirus", "passwords", "sharing", "threats"}) rules[rule] = Verdict::pass;
    auto found = kept(judged);
    if (is_catching_up(found, judged.finding.parameters, judged.finding.situation, evidence->evidence.device.powered_on, {}))
      found.to_do = ToDo::catching_up;
    REQUIRE(office.store->set_verdicts(device, {found}, rules, now, now));
    REQUIRE(office.store->commit());
    const auto week = weekly_from(*office.store, {"yamada", now, now - Days{7}});
    REQUIRE(week);
    return *week;
  };
  // All was well before the days off.
  REQUIRE(office.store->begin());
  REQUIRE(office.store->set_verdicts(office.device(pc), {}, {{"updates", Verdict::pass}}, kNow - Days{20}, {}));
  REQUIRE(office.store->commit());
  auto week = live(kNow, days_ago(10, 1));
  CHECK(week.catching_up == std::vector<std::string>{"PC-01"});
  CHECK(week.todos.empty());
  CHECK(week.fail == 0);
  CHECK(week.other == 0);
  CHECK(week.newly.empty());
  CHECK(week.rules.front().fail == 1);  // the verdict stays
  CHECK_FALSE(all_fine(week));
  week.stated = 1;
  week.questions.clear();
  const auto mail = weekly_text(week, compliance::Language::ja);
  CHECK(mail.subject == "【Gokajo】対応中1台／全1台 1/8");
  CHECK(mail.text.find("1台（PC-01）は休み明けで、更新の\n対応中です。3日使っても済まなければ\nお知らせします。\n") != std::string::npos);
  CHECK(mail.text.find("■お願い") == std::string::npos);
  week = live(kNow + Days{3}, days_ago(13, 4));
  CHECK(week.catching_up.empty());
  CHECK(week.fail == 1);
  REQUIRE(week.todos.size() == 1);
}

}  // namespace gokajo::tests
