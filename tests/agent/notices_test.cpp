#include "agent/notices.h"

#include <doctest/doctest.h>

#include "agent/person_helper.h"
#include "agent/shown_notices.h"
#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using compliance::Language;
using platform::Days, platform::Error, platform::ErrorKind;
using namespace std::chrono_literals;

namespace {

const platform::Time kNow = *platform::parse_time("2026-11-24T00:00:00Z");
const std::string kTanaka = "S-1-5-21-1-2-3-1001", kSuzuki = "S-1-5-21-1-2-3-1002";

Tellable quiet() {
  Tellable known;
  known.scanned = true;
  known.briefing = Offer{"2026-autumn-mail-fraud", 3};
  known.drill = Offer{"drill-2026-ransom-morning", 5};
  known.readings[kTanaka] = {kNow - Days{10}, true, kNow - Days{10}};
  return known;
}

std::vector<NoticeKind> kinds(const std::vector<Notice>& notices) {
  std::vector<NoticeKind> out;
  for (const auto& notice : notices) out.push_back(notice.kind);
  return out;
}

std::size_t utf16_units(const std::string& text) {
  std::size_t units = 0;
  for (const unsigned char byte : text) units += byte < 0x80 || (byte >= 0xC0 && byte < 0xF0) ? 1 : byte >= 0xF0 ? 2 : 0;
  return units;
}

ScanResult scan_with(const char* verdict_days) {
  ScanResult scan;
  scan.scanned_at = kNow;
  compliance::JudgedFinding judged;
  judged.finding.check = "updates.restart-done";
  judged.finding.verdict = compliance::Verdict::fail;
  if (verdict_days) judged.finding.parameters["days"] = compliance::DayCount{std::atoll(verdict_days)};
  scan.judgement.findings.push_back(judged);
  return scan;
}

}  // namespace

TEST_CASE("a PC where all is well says once that it is checked, and nothing before its first scan") {
  CHECK(kinds(notices_for(quiet(), kTanaka, kNow)) == std::vector{NoticeKind::begun});
  CHECK(notices_for(Tellable{}, kTanaka, kNow).empty());
}

TEST_CASE("silence of the hub comes first, with the day of the last receipt") {
  auto known = quiet();
  known.not_arriving = true;
  known.received = kNow - Days{9};
  known.restart_days = 20;
  const auto notices = notices_for(known, kTanaka, kNow);
  CHECK(kinds(notices) == std::vector{NoticeKind::not_arriving, NoticeKind::restart, NoticeKind::begun});
  CHECK(notices[0].day == known.received);
}

// A restart that is put off counts to 要対応 after 14 days: a week before that.
TEST_CASE("a restart is told of from the seventh day") {
  auto known = quiet();
  known.restart_days = 6;
  CHECK(kinds(notices_for(known, kTanaka, kNow)) == std::vector{NoticeKind::begun});
  known.restart_days = 7;
  const auto notices = notices_for(known, kTanaka, kNow);
  CHECK(kinds(notices) == std::vector{NoticeKind::restart, NoticeKind::begun});
  CHECK(notices[0].days == 7);
}

// people.md, section 4: "offered monthly"; each person apart, and of whom nothing is known nothing is said.
TEST_CASE("a briefing is told of to whoever has not read it, and to nobody else") {
  auto known = quiet();
  known.readings[kSuzuki] = {std::nullopt, false, kNow};
  CHECK(kinds(notices_for(known, kSuzuki, kNow)) == std::vector{NoticeKind::briefing, NoticeKind::begun});
  CHECK(kinds(notices_for(known, kTanaka, kNow)) == std::vector{NoticeKind::begun});
  CHECK(kinds(notices_for(known, "S-1-5-21-1-2-3-1003", kNow)) == std::vector{NoticeKind::begun});
  known.readings[kSuzuki] = {kNow - Days{29}, false, kNow};
  CHECK(kinds(notices_for(known, kSuzuki, kNow)) == std::vector{NoticeKind::begun});
  known.readings[kSuzuki] = {kNow - Days{30}, false, kNow};
  CHECK(kinds(notices_for(known, kSuzuki, kNow)) == std::vector{NoticeKind::briefing, NoticeKind::begun});
  known.briefing.reset();
  CHECK(kinds(notices_for(known, kSuzuki, kNow)) == std::vector{NoticeKind::begun});
}

// SCS ★3, 4-2-2-1: once a year; a month before that is over.
TEST_CASE("the drill is told of to whoever has done none for eleven months, after the briefing, and is none itself") {
  auto known = quiet();
  known.readings[kTanaka].drilled = kNow - Days{334};
  CHECK(kinds(notices_for(known, kTanaka, kNow)) == std::vector{NoticeKind::begun});
  known.readings[kTanaka].drilled = kNow - Days{335};
  const auto notices = notices_for(known, kTanaka, kNow);
  CHECK(kinds(notices) == std::vector{NoticeKind::drill, NoticeKind::begun});
  CHECK(notices[0].minutes == 5);
  known.readings[kTanaka] = {};
  CHECK(kinds(notices_for(known, kTanaka, kNow)) == std::vector{NoticeKind::briefing, NoticeKind::drill, NoticeKind::begun});
  add_reading(known.readings[kTanaka], {"drill-2026-ransom-morning", kNow, 3}, known, kNow);
  CHECK(kinds(notices_for(known, kTanaka, kNow)) == std::vector{NoticeKind::briefing, NoticeKind::begun});
  add_reading(known.readings[kTanaka], {"2026-autumn-mail-fraud", kNow, 3}, known, kNow);
  CHECK(kinds(notices_for(known, kTanaka, kNow)) == std::vector{NoticeKind::begun});
  known.readings[kTanaka] = {};
  add_reading(known.readings[kTanaka], {"drill-2026-ransom-morning", kNow, 0}, known, kNow);
  add_reading(known.readings[kTanaka], {"drill-2026-ransom-morning", kNow + Days{2}, 3}, known, kNow);
  CHECK_FALSE(known.readings[kTanaka].drilled);
}

TEST_CASE("what a scan found is told by its numbers; a restart of unknown age, or a person whose record was refused, by nothing") {
  auto scan = scan_with("12");
  compliance::BriefingReader read{"tanaka", compliance::fact(std::vector<compliance::BriefingRead>{}, "", kNow)};
  compliance::BriefingReader refused{"suzuki",
                                     compliance::no_fact<std::vector<compliance::BriefingRead>>({ErrorKind::denied, ""}, "", kNow)};
  scan.evidence.threats.people =
      compliance::fact(std::map<std::string, compliance::BriefingReader>{{kTanaka, read}, {kSuzuki, refused}}, "", kNow);
  const auto known = tellable_of(scan, compliance::built_in_briefings());
  CHECK(known.scanned);
  CHECK(known.restart_days == 12);
  REQUIRE(known.briefing);
  CHECK(known.briefing->minutes > 0);
  REQUIRE(known.drill);
  CHECK(compliance::is_drill(known.drill->id));
  CHECK(known.readings.size() == 1);
  CHECK_FALSE(known.readings.at(kTanaka).newest);
  CHECK_FALSE(tellable_of(scan_with(nullptr), {}).restart_days);
  CHECK_FALSE(tellable_of(scan_with(nullptr), {}).briefing);
}

TEST_CASE("one notice a day in all, one of a kind in seven days, the first one once") {
  const std::vector<Notice> all = {
      {.kind = NoticeKind::not_arriving}, {.kind = NoticeKind::restart, .days = 9}, {.kind = NoticeKind::begun}};
  ShownNotices shown;
  std::vector<std::string> days;
  for (int day = 0; day < 16; ++day) {
    const auto now = kNow + Days{day};
    const auto notice = next_notice(all, shown, now, 540);
    if (!notice) continue;
    note_shown(shown, notice->kind, now, 540);
    CHECK_FALSE(next_notice(all, shown, now + 11h, 540));  // until Japan's midnight
    days.push_back(std::to_string(day) + boost::describe::enum_to_string(notice->kind, "?"));
  }
  CHECK(days ==
        std::vector<std::string>{"0not_arriving", "1restart", "2begun", "7not_arriving", "8restart", "14not_arriving", "15restart"});
}

TEST_CASE("a clock that was set back keeps nothing from being told for ever") {
  ShownNotices shown;
  note_shown(shown, NoticeKind::restart, kNow + Days{400}, 540);
  CHECK(next_notice({{.kind = NoticeKind::restart, .days = 9}}, shown, kNow, 540));
}

TEST_CASE("what was shown is kept and read back; a damaged record is none") {
  ShownNotices shown;
  note_shown(shown, NoticeKind::begun, kNow, 540);
  const auto read = read_shown_notices(write_shown_notices(shown));
  REQUIRE_MESSAGE(read, read.error().detail);
  CHECK(read->shown.size() == 1);
  CHECK(read->shown[0].kind == NoticeKind::begun);
  CHECK_FALSE(read_shown_notices("{}"));
  CHECK_FALSE(read_shown_notices(R"({"format":"gokajo-notices-shown/2","shown":[]})"));
}

// NOTIFYICONDATAW: szInfoTitle[64], szInfo[256], each with a final zero.
TEST_CASE("every notice fits what Windows shows, in both languages, with its numbers") {
  for (const auto language : {Language::ja, Language::en})
    for (const Notice& notice : {Notice{.kind = NoticeKind::begun}, Notice{.kind = NoticeKind::not_arriving},
                                 Notice{.kind = NoticeKind::not_arriving, .day = kNow}, Notice{.kind = NoticeKind::restart, .days = 9999},
                                 Notice{.kind = NoticeKind::briefing, .minutes = 60}, Notice{.kind = NoticeKind::drill, .minutes = 60},
                                 Notice{.kind = NoticeKind::stopped, .day = kNow}}) {
      const auto text = text_of(notice, language, 540);
      CAPTURE(text.text);
      CHECK(utf16_units(text.heading) <= 63);
      CHECK(utf16_units(text.text) <= 255);
      CHECK_FALSE(text.heading.empty());
      CHECK_FALSE(text.text.empty());
    }
  CHECK(text_of({.kind = NoticeKind::restart, .days = 9}, Language::ja, 540).text.find("9日前から再起動を待っています") !=
        std::string::npos);
  const auto late = text_of({.kind = NoticeKind::not_arriving, .day = kNow}, Language::ja, 540).text;
  CHECK(late.starts_with("点検の結果が最後に届いたのは2026年11月24日です。"));
}

namespace {

struct Session {
  TemporaryDirectory place;
  FakeClock clock;
  platform::Result<std::string> said = std::string();
  std::optional<platform::Time> scanned;
  bool quiet = false;
  std::vector<std::string> shown;

  Session() {
    clock.moment.wall = kNow;
    say({.notices = {{.kind = NoticeKind::restart, .days = 9}}});
  }
  void say(const PersonAnswer& answer) { said = write_person_answer(answer); }
  PersonHelper helper() {
    return PersonHelper({.directory = place.path() + "/own",
                         .clock = clock,
                         .ask = [this](std::string_view message) -> platform::Result<std::string> {
                           CHECK(read_person_message(message)->wish == PersonWish::notices);
                           return said;
                         },
                         .scanned_at = [this] { return scanned; },
                         .may_be_disturbed = [this] { return !quiet; },
                         .show = [this](const NoticeText& notice) -> platform::Status {
                           shown.push_back(notice.heading);
                           return platform::Done{};
                         }});
  }
};

}  // namespace

TEST_CASE("the helper shows a notice once, also when it is started again, and waits while the person is not to be disturbed") {
  Session session;
  session.quiet = true;
  auto helper = session.helper();
  helper.look();
  CHECK(session.shown.empty());
  session.quiet = false;
  helper.look();
  CHECK(session.shown == std::vector<std::string>{"再起動を待っています"});
  helper.look();
  session.helper().look();
  CHECK(session.shown.size() == 1);
  session.clock.pass(7 * 24h);
  session.helper().look();
  CHECK(session.shown.size() == 2);
}

TEST_CASE("the helper shows nothing of an answer that is none, and nothing that a service cannot know") {
  Session session;
  for (const char* nothing : {"", "{}", "restart", R"({"format":"gokajo-person-answer/1","taken":"yes","notices":[{"kind":"open"}]})"}) {
    session.said = std::string(nothing);
    session.helper().look();
  }
  session.say({.notices = {{.kind = NoticeKind::stopped}}});
  session.helper().look();
  CHECK(session.shown.empty());
}

TEST_CASE("a service that does not answer is told of when its last scan is more than a week ago") {
  Session session;
  session.said = Error{ErrorKind::not_found, "no service"};
  session.helper().look();
  session.scanned = kNow - Days{7};
  session.helper().look();
  CHECK(session.shown.empty());
  session.scanned = kNow - Days{8};
  session.helper().look();
  CHECK(session.shown == std::vector<std::string>{"点検が止まっています"});
}

TEST_CASE("a record that cannot be read is none, and is written anew") {
  Session session;
  REQUIRE(platform::own_private_directory(session.place.path() + "/own"));
  REQUIRE(platform::write_file_durably(session.place.path() + "/own/notices.json", "damaged"));
  session.helper().look();
  CHECK(session.shown.size() == 1);
  const auto kept = platform::read_own_file(session.place.path() + "/own/notices.json", 4096);
  REQUIRE(kept);
  CHECK(read_shown_notices(*kept));
}

}  // namespace gokajo::tests
