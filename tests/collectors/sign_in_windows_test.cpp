#include "collectors/sign_in_windows.h"

#include <doctest/doctest.h>

#include "collectors/threats.h"
#include "tests/support/fake_host.h"
#include "tests/support/sign_in_windows_evidence.h"

namespace gokajo::tests {

using namespace platform;

namespace {

const std::string kTanaka = kMachine + std::string("1001");
const AskApi kUsers{.api = "users"};

Cell number(std::int64_t value) { return {value}; }
Cell text(std::string value) { return {std::move(value)}; }
Reply rows(std::vector<Row> rows) { return Rows{std::move(rows)}; }

// On 2026-11-20 and on 2026-09-02 at the PC of 2026-11-22.
constexpr std::int64_t kLastWeek = 1795133100, kInSeptember = 1788321600;

Row user(const std::string& name, const std::string& sid, std::int64_t flags, std::int64_t last_logon) {
  return {{"name", text(name)},
          {"sid", text(sid)},
          {"flags", number(flags)},
          {"last_logon", number(last_logon)},
          {"microsoft_account", {false}}};
}

Registry key_with(Row values) { return {{{"", {}, std::move(values)}}, {}}; }

const ReadRegistry kWinlogon{"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon",
                             {"AutoAdminLogon", "DefaultUserName", "DefaultPassword"}};

}  // namespace

TEST_CASE("accounts that are switched off are left out but for the guest, and of the last use only whether it was lately") {
  FakeHost host;
  host.answers(kUsers,
               rows({user("Guest", kMachine + std::string("501"), 0x223, 0), user("old", kMachine + std::string("1005"), 0x203, 0),
                     user("tanaka", kTanaka, 0x201, kLastWeek), user("kanri", kMachine + std::string("1002"), 0x221, kInSeptember)}));
  const auto accounts = collectors::collect_accounts_windows(host);
  REQUIRE(accounts);
  REQUIRE(accounts->size() == 3);
  CHECK_FALSE(accounts->at(0).enabled);
  CHECK(accounts->at(1).used_lately);
  CHECK_FALSE(accounts->at(1).blank_allowed);
  CHECK_FALSE(accounts->at(2).used_lately);
  CHECK(accounts->at(2).blank_allowed);
}

TEST_CASE("accounts without a column, of a wrong type, or none at all are no answer") {
  auto without_sid = user("tanaka", kTanaka, 0x201, 0);
  without_sid.erase("sid");
  auto flags_as_text = user("tanaka", kTanaka, 0x201, 0);
  flags_as_text["flags"] = text("513");
  for (const auto& wrong : {rows({}), rows({without_sid}), rows({flags_as_text})}) {
    FakeHost host;
    host.answers(kUsers, wrong);
    CHECK(collectors::collect_accounts_windows(host).absent == ErrorKind::malformed);
  }
  auto kind_not_told = user("tanaka", kTanaka, 0x201, 0);
  kind_not_told.erase("microsoft_account");
  FakeHost host;
  host.answers(kUsers, rows({kind_not_told}));
  CHECK_FALSE(collectors::collect_accounts_windows(host)->front().microsoft);
}

TEST_CASE("profiles: people's only; where one may not be read, the list is not whole") {
  const ReadRegistry list{
      .key = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList", .values = {"ProfileImagePath"}, .depth = 1};
  Registry registry = key_with({});
  registry.keys.push_back({"S-1-5-18", {}, {{"ProfileImagePath", text("%systemroot%\\system32\\config\\systemprofile")}}});
  registry.keys.push_back({kTanaka, {}, {{"ProfileImagePath", text("C:\\Users\\tanaka")}}});
  FakeHost host;
  host.answers(list, Reply{registry});
  const auto profiles = collectors::collect_profiles_windows(host);
  REQUIRE(profiles);
  REQUIRE(profiles->size() == 1);
  CHECK(profiles->front().folder == "C:\\Users\\tanaka");
  registry.denied = {kMachine + std::string("1002")};
  host.answers(list, Reply{registry});
  CHECK(collectors::collect_profiles_windows(host).absent == ErrorKind::denied);
}

TEST_CASE("signing in by itself: a number is not its text, and who signed in last is nobody's business where nothing is wrong") {
  struct Case {
    Row values;
    bool known, on, readable;
    const char* user;
  };
  const Case cases[] = {
      {{}, true, false, false, ""},
      {{{"AutoAdminLogon", text("0")}, {"DefaultUserName", text("tanaka")}}, true, false, false, ""},
      {{{"AutoAdminLogon", text("1")}, {"DefaultUserName", text("tanaka")}}, true, true, false, "tanaka"},
      {{{"DefaultUserName", text("tanaka")}, {"DefaultPassword", {}}}, true, false, true, "tanaka"},
      {{{"AutoAdminLogon", number(1)}}, false, false, false, ""},
      {{{"AutoAdminLogon", text("yes")}}, false, false, false, ""},
  };
  for (const auto& one : cases) {
    FakeHost host;
    host.answers(kWinlogon, Reply{key_with(one.values)});
    const auto login = collectors::collect_sign_in_windows(host).auto_login;
    CHECK(static_cast<bool>(login) == one.known);
    if (!login) continue;
    CHECK(login->on == one.on);
    CHECK(login->password_readable == one.readable);
    CHECK(login->user == one.user);
  }
  CHECK_FALSE(collectors::collect_sign_in_windows(FakeHost{}).auto_login);
}

TEST_CASE("screen savers: the policy goes before the person's own setting; sleep on battery counts where there is one") {
  const std::string desktop = "HKU\\" + kTanaka + "\\Control Panel\\Desktop";
  std::vector<std::string> names = {"ScreenSaveActive", "ScreenSaverIsSecure", "ScreenSaveTimeOut", "SCRNSAVE.EXE"};
  const ReadRegistry policy{"HKU\\" + kTanaka + "\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop", names};
  names.emplace_back("DelayLockInterval");
  FakeHost host;
  host.answers(ReadRegistry{desktop, names}, Reply{key_with({{"ScreenSaveActive", text("1")},
                                                             {"ScreenSaverIsSecure", text("0")},
                                                             {"ScreenSaveTimeOut", text("600")},
                                                             {"SCRNSAVE.EXE", text("C:\\a.scr")}})});
  CHECK_FALSE(collectors::collect_screen_saver_windows(host, kTanaka)->locks);
  host.answers(policy, Reply{key_with({{"ScreenSaverIsSecure", text("1")}})});
  CHECK(collectors::collect_screen_saver_windows(host, kTanaka)->locks);
  CHECK(collectors::collect_screen_saver_windows(host, kTanaka)->seconds == 600);
  host.answers(policy, Error{ErrorKind::denied, ""});
  CHECK(collectors::collect_screen_saver_windows(host, kTanaka).absent == ErrorKind::denied);

  Row power = {{"battery", {true}}, {"modern_standby", {false}}, {"sleep_ac", number(900)}, {"lock_ac", number(1)}};
  host.answers(AskApi{.api = "power"}, rows({power}));
  CHECK(collectors::collect_sleep_windows(host).absent == ErrorKind::malformed);
  power["battery"] = {false};
  host.answers(AskApi{.api = "power"}, rows({power}));
  CHECK(collectors::collect_sleep_windows(host)->plugged_in_locks);
}

TEST_CASE("briefings are read from each person's local folder; left-over profiles are nobody's") {
  auto evidence = windows_evidence();
  auto& windows = evidence.passwords.windows;
  windows.profiles->push_back({kMachine + std::string("1009"), "C:\\Users\\gone"});
  windows.profiles->push_back({"S-1-5-21-1004336348-1177238915-682003330-1104", "C:\\Users\\sato.OFFICE"});
  const auto file = [](const std::string& folder) {
    return ReadFile{.path = folder + "\\AppData\\Local\\Gokajo\\briefings.json", .reducer = "briefings_read", .max_bytes = 64 << 10};
  };
  FakeHost host;
  host.answers(
      file("C:\\Users\\tanaka"),
      Reply{FileContents{
          {R"({"format":"gokajo-briefings-read/1","read":[{"id":"2026-autumn","understood_at":"2026-11-20T01:02:03Z","answers_right":3}]})"},
          {}}});
  host.answers(file("C:\\Users\\sato.OFFICE"), Error{ErrorKind::denied, ""});
  auto people = collectors::collect_briefing_readers_windows(host, evidence.device, windows);
  REQUIRE(people);
  REQUIRE(people->size() == 1);
  CHECK(people->at(kTanaka).name == "tanaka");
  CHECK(people->at(kTanaka).read->size() == 1);
  windows.join->domain = true;
  people = collectors::collect_briefing_readers_windows(host, evidence.device, windows);
  REQUIRE(people->size() == 2);
  CHECK(people->begin()->second.name == "sato.OFFICE");
  CHECK(people->begin()->second.read.absent == ErrorKind::denied);
  windows.join = {};
  CHECK_FALSE(collectors::collect_briefing_readers_windows(host, evidence.device, windows));
}

}  // namespace gokajo::tests
