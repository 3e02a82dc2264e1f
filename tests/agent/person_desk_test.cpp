#include "agent/person_desk.h"

#include <filesystem>

#include <doctest/doctest.h>

#include "agent/briefings_read.h"
#include "agent/person_starter.h"
#include "agent/reception.h"
#include "agent/told_readings.h"
#include "compliance/briefing.h"
#include "platform/sddl.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using compliance::BriefingRead, compliance::BriefingReader;
using platform::ChannelCaller, platform::Days, platform::Error, platform::ErrorKind;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

const ChannelCaller kTanaka{"S-1-5-21-1-2-3-1001", 2}, kSuzuki{"S-1-5-21-1-2-3-1002", 3};

struct Office {
  TemporaryDirectory place;
  FakeClock clock;
  PersonDesk desk{place.path(), clock};
  std::string briefing = compliance::built_in_briefings().front().id;

  Office() {
    fs::permissions(place.path(), fs::perms{0700});
    Tellable known;
    known.scanned = true;
    known.briefing = Offer{briefing, 3};
    known.readings = {{kTanaka.person, {}}, {kSuzuki.person, {}}};
    desk.know(known, compliance::built_in_briefings());
  }
  PersonAnswer ask(const ChannelCaller& who, const PersonMessage& message) { return say(who, write_person_message(message)); }
  PersonAnswer say(const ChannelCaller& who, const std::string& text) {
    const auto answer = read_person_answer(desk.answer(who, text));
    REQUIRE_MESSAGE(answer, answer.error().detail);
    return *answer;
  }
  PersonMessage understood(const std::string& id) { return {.wish = PersonWish::understood, .briefing = id}; }
  bool told_of_briefing(const ChannelCaller& who) {
    for (const auto& notice : ask(who, {}).notices)
      if (notice.kind == NoticeKind::briefing) return true;
    return false;
  }
};

BriefingReader reader(platform::Result<std::vector<BriefingRead>> read) {
  if (read) return {"", compliance::fact(*read, "briefings.json", {})};
  return {"", compliance::no_fact<std::vector<BriefingRead>>(read.error(), "briefings.json", {})};
}

}  // namespace

TEST_CASE("what a person says is kept under the SID that the system told, and counts for that person alone") {
  Office office;
  CHECK(office.told_of_briefing(kTanaka));
  CHECK(office.ask(kTanaka, office.understood(office.briefing)).taken == Taken::yes);
  CHECK_FALSE(office.told_of_briefing(kTanaka));
  CHECK(office.told_of_briefing(kSuzuki));
  const auto told = told_readings(office.place.path());
  REQUIRE(told.size() == 1);
  REQUIRE(told.count(kTanaka.person) == 1);
  const auto& read = told.at(kTanaka.person).front();
  CHECK(read.id == office.briefing);
  CHECK(read.understood_at == office.clock.moment.wall);  // by the service's clock
  CHECK(read.answers_right == static_cast<std::int64_t>(compliance::built_in_briefings().front().questions.size()));
  // Nobody else may look into what a person said.
  for (const auto& entry : fs::recursive_directory_iterator(office.place.path() + "/people"))
    CHECK((entry.status().permissions() & fs::perms{0077}) == fs::perms::none);
}

TEST_CASE("a message that names another person is none, and nothing comes of it") {
  Office office;
  for (const std::string& text :
       {R"({"format":"gokajo-person/1","wish":"understood","briefing":")" + office.briefing + R"(","person":")" + kSuzuki.person + "\"}",
        R"({"format":"gokajo-person/1","wish":"understood","briefing":"../)" + kSuzuki.person + "\"}", std::string(100000, '['),
        std::string()}) {
    CAPTURE(text.substr(0, 200));
    CHECK(office.say(kTanaka, text).taken == Taken::malformed);
  }
  CHECK(office.ask(kTanaka, office.understood("no-such-briefing")).taken == Taken::unknown_briefing);
  CHECK(told_readings(office.place.path()).empty());
  CHECK_FALSE(fs::exists(office.place.path() + "/people"));
  CHECK_FALSE(office.desk.take_scan_wish());
}

TEST_CASE("a caller without a SID gets no answer") {
  Office office;
  for (const char* sid : {"", "S-1-", "S-1-5-", "S-1-5-21-x", "../S-1-5-18", "S-1-5-18/..", "s-1-5-18", "S-1-5-18 ", "Everyone"}) {
    CAPTURE(sid);
    CHECK(office.desk.answer({sid, 2}, write_person_message({})).empty());
    CHECK_FALSE(keep_told_reading(office.place.path(), sid, {office.briefing, {}, 3}));
  }
  CHECK(office.desk.answer({"S-1-" + std::string(200, '1'), 2}, write_person_message({})).empty());
}

TEST_CASE("who asks too often is refused for a while, and nobody else") {
  Office office;
  for (int i = 0; i < kMaxMessagesOfPerson; ++i) CHECK(office.ask(kTanaka, {}).taken == Taken::yes);
  CHECK(office.ask(kTanaka, {}).taken == Taken::too_often);
  CHECK(office.ask(kTanaka, {.wish = PersonWish::scan}).taken == Taken::too_often);
  CHECK_FALSE(office.desk.take_scan_wish());
  CHECK(office.ask(kSuzuki, {}).taken == Taken::yes);
  office.clock.pass(10min);
  CHECK(office.ask(kTanaka, {.wish = PersonWish::scan}).taken == Taken::yes);
  CHECK(office.desk.take_scan_wish());
  CHECK_FALSE(office.desk.take_scan_wish());
}

TEST_CASE("no more people than there is room for leave a record") {
  Office office;
  for (std::size_t i = 0; i < kMaxPeople; ++i)
    REQUIRE(keep_told_reading(office.place.path(), "S-1-5-21-1-2-3-" + std::to_string(2000 + i), {office.briefing, {}, 3}));
  CHECK(office.ask(kTanaka, office.understood(office.briefing)).taken == Taken::not_kept);
  CHECK(office.told_of_briefing(kTanaka));
  CHECK(keep_told_reading(office.place.path(), "S-1-5-21-1-2-3-2000", {office.briefing, {}, 3}));
  CHECK(told_readings(office.place.path()).size() == kMaxPeople);
}

TEST_CASE("told readings are added each to its own person: beside what was read, or where that could not be") {
  const platform::Time now = *platform::parse_time("2026-11-24T00:00:00Z");
  const BriefingRead autumn{"autumn", now - Days{3}, 3}, summer{"summer", now - Days{90}, 3};
  compliance::Threats threats;
  add_told(threats, {{kTanaka.person, {autumn}}}, now);
  CHECK_FALSE(threats.people);
  threats.people = compliance::fact(std::map<std::string, BriefingReader>{{"S-1-5-21-1-2-3-1", reader(std::vector{summer})},
                                                                          {"S-1-5-21-1-2-3-2", reader(Error{ErrorKind::denied, ""})},
                                                                          {"S-1-5-21-1-2-3-3", reader(std::vector<BriefingRead>{})},
                                                                          {"S-1-5-21-1-2-3-4", reader(Error{ErrorKind::timed_out, ""})}},
                                    "profiles", now);
  add_told(threats, {{"S-1-5-21-1-2-3-1", {autumn, summer}}, {"S-1-5-21-1-2-3-2", {autumn}}, {"S-1-5-21-1-2-3-9", {autumn}}}, now);
  auto& people = *threats.people;
  CHECK(people.size() == 4);  // whom nobody saw here is not added
  CHECK(people["S-1-5-21-1-2-3-1"].read->size() == 2);
  REQUIRE(people["S-1-5-21-1-2-3-2"].read);
  CHECK(people["S-1-5-21-1-2-3-2"].read.source == "gokajo person");
  CHECK(people["S-1-5-21-1-2-3-3"].read->empty());
  CHECK_FALSE(people["S-1-5-21-1-2-3-4"].read);
}

TEST_CASE("a helper is started where nobody has spoken, after time enough, three times, then once a day") {
  FakeClock clock;
  PersonStarter starter;
  std::vector<std::int64_t> minutes;
  for (int minute = 0; minute < 60 * 30; ++minute) {
    if (!starter.due({2}, {}, clock.now()).empty()) minutes.push_back(minute);
    clock.pass(1min);
  }
  CHECK(minutes == std::vector<std::int64_t>{2, 37, 72, 72 + 1440});
}

TEST_CASE("a session whose helper speaks is left alone; one that fell silent is started again, another sign-in begins anew") {
  FakeClock clock;
  PersonStarter starter;
  std::map<std::int64_t, platform::Moment> spoke;
  const auto starts_in = [&](int minutes, bool speaking) {
    int starts = 0;
    for (int i = 0; i < minutes; ++i) {
      clock.pass(1min);
      if (speaking) spoke[2] = clock.now();
      starts += static_cast<int>(starter.due({2}, spoke, clock.now()).size());
    }
    return starts;
  };
  CHECK(starts_in(300, true) == 0);
  CHECK(starts_in(34, false) == 0);
  CHECK(starts_in(6, false) == 1);
  CHECK(starts_in(60, true) == 0);
  CHECK(starter.due({}, spoke, clock.now()).empty());
  spoke.clear();
  CHECK(starts_in(5, false) == 1);
}

TEST_CASE("without its channel the service goes on, says so once, and tries again") {
  TemporaryDirectory place;
  FakeClock clock;
  std::vector<std::string> log;
  int opened = 0;
  bool taken = true;
  struct Channel : platform::PersonChannel {};
  std::vector<std::int64_t> started;
  Reception reception(place.path(), clock,
                      {[&](platform::ChannelAnswer) -> platform::Result<std::unique_ptr<platform::PersonChannel>> {
                         ++opened;
                         if (taken) return Error{ErrorKind::denied, "gokajo-person: another program holds it"};
                         return std::unique_ptr<platform::PersonChannel>(std::make_unique<Channel>());
                       },
                       [] { return std::vector<std::int64_t>{2}; },
                       [&](std::int64_t session) -> platform::Status {
                         started.push_back(session);
                         return platform::Done{};
                       }});
  const auto tick = [&] { return reception.tick([&](const std::string& line) { log.push_back(line); }); };
  for (int i = 0; i < 20; ++i) {
    clock.pass(1min);
    CHECK_FALSE(tick());
  }
  CHECK(opened == 20);
  CHECK(log == std::vector<std::string>{"the people at this PC cannot be reached: gokajo-person: another program holds it"});
  CHECK(started.empty());  // there is nobody it could ask
  taken = false;
  for (int i = 0; i < 5; ++i) {
    clock.pass(1min);
    (void)tick();
  }
  CHECK(opened == 21);
  CHECK(started == std::vector<std::int64_t>{2});
  CHECK(log.size() == 1);
  REQUIRE_FALSE(reception.desk().answer(kTanaka, write_person_message({.wish = PersonWish::scan})).empty());
  CHECK(tick());
}

TEST_CASE("a system without such a channel is asked once") {
  TemporaryDirectory place;
  FakeClock clock;
  int opened = 0;
  Reception reception(place.path(), clock, {[&](platform::ChannelAnswer) -> platform::Result<std::unique_ptr<platform::PersonChannel>> {
                        ++opened;
                        return Error{ErrorKind::unsupported, ""};
                      }});
  for (int i = 0; i < 3; ++i) CHECK_FALSE(reception.tick([](const std::string& line) { FAIL(line); }));
  CHECK(opened == 1);
}

}  // namespace gokajo::tests
