#include "compliance/sign_in_windows.h"

#include <functional>

#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sign_in_windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");

struct Row {
  const char* check;
  Verdict expected;
  const char* situation;
  std::function<void(WindowsSignIn&)> change;
};

void check_rows(const std::vector<Row>& rows, WindowsKind kind = WindowsKind::workstation) {
  for (const auto& row : rows) {
    CAPTURE(row.check);
    CAPTURE(row.situation);
    auto evidence = windows_evidence(kind);
    row.change(evidence.passwords.windows);
    const auto finding = judged(row.check, evidence);
    CHECK(finding.verdict == row.expected);
    CHECK(finding.situation == row.situation);
  }
}

void only_microsoft(WindowsSignIn& windows) { windows.accounts->back().microsoft = true; }
void kind_not_told(WindowsSignIn& windows) { windows.accounts->back().microsoft.reset(); }
void nobody(WindowsSignIn& windows) { windows.accounts->back().enabled = false; }

}  // namespace

TEST_CASE("Windows: the length of passwords is judged by who keeps them") {
  const char* id = "passwords.length";
  check_rows({
      {id, Verdict::ask, "local-no-rule", [](auto&) {}},
      {id, Verdict::pass, "local-long-enough", [](auto& w) { w.rules->min_length = 10; }},
      {id, Verdict::fail, "local-short", [](auto& w) { w.rules->min_length = 9; }},
      {id, Verdict::not_applicable, "kept-by-services", only_microsoft},
      {id, Verdict::not_applicable, "kept-by-services", [](auto& w) { nobody(w), w.join->entra = true; }},
      {id, Verdict::unknown, "nobody-enabled", nobody},
      {id, Verdict::unknown, "account-unseen", kind_not_told},
      {id, Verdict::unknown, "domain", [](auto& w) { w.rules->min_length = 10, w.join->domain = true; }},
      {id, Verdict::fail, "local-short", [](auto& w) { w.rules->min_length = 8, w.join->domain = true; }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.rules = {}; }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.join = {}; }},
  });
  // A domain controller keeps the accounts and rules of the domain itself.
  check_rows({{id, Verdict::pass, "local-long-enough", [](auto& w) { w.rules->min_length = 12, w.join->domain = true; }}},
             WindowsKind::domain_controller);
}

TEST_CASE("Windows: a person's answer decides where no rule can be seen") {
  auto evidence = windows_evidence();
  evidence.declarations.push_back({"passwords", "", "yes", "tanaka", kNow - platform::Days{30}, kNow + platform::Days{300}});
  CHECK(judged("passwords.length", evidence).situation == "declared-long");
  evidence.passwords.windows.rules->min_length = 8;  // what is measured goes before what is said
  CHECK(judged("passwords.length", evidence).situation == "local-short");
}

TEST_CASE("Windows: kinds of characters, lockout, blank passwords") {
  check_rows({
      {"passwords.complexity", Verdict::fail, "none", [](auto&) {}},
      {"passwords.complexity", Verdict::pass, "kinds", [](auto& w) { w.kinds_demanded = fact(true, "", kNow); }},
      {"passwords.complexity", Verdict::unknown, "elsewhere", [](auto& w) { w.join->domain = true; }},
      {"passwords.complexity", Verdict::not_applicable, "kept-by-services", only_microsoft},
      {"passwords.complexity", Verdict::unknown, "account-unseen", kind_not_told},
      {"passwords.complexity", Verdict::unknown, "unmeasured", [](auto& w) { w.kinds_demanded = {}; }},
      {"passwords.lockout", Verdict::pass, "locks", [](auto&) {}},
      {"passwords.lockout", Verdict::fail, "never-locks", [](auto& w) { w.rules->lockout_threshold = 0; }},
      {"passwords.lockout", Verdict::fail, "many-attempts", [](auto& w) { w.rules->lockout_threshold = 11; }},
      {"passwords.lockout", Verdict::unknown, "threshold-unseen", [](auto& w) { w.rules->lockout_threshold.reset(); }},
      {"passwords.lockout", Verdict::unknown, "unmeasured", [](auto& w) { w.rules = {}; }},
      {"passwords.none-blank", Verdict::ask, "allowed", [](auto&) {}},
      {"passwords.none-blank", Verdict::pass, "none-allowed", [](auto& w) { w.rules->min_length = 1; }},
      {"passwords.none-blank", Verdict::pass, "none-allowed", only_microsoft},
      {"passwords.none-blank", Verdict::ask, "allowed", [](auto& w) { w.rules->min_length = 10, w.accounts->back().blank_allowed = true; }},
      {"passwords.none-blank", Verdict::ask, "allowed", [](auto& w) { w.rules = {}, w.accounts->back().blank_allowed = true; }},
      {"passwords.none-blank", Verdict::unknown, "unmeasured", [](auto& w) { w.rules = {}; }},
      {"passwords.none-blank", Verdict::unknown, "unmeasured", [](auto& w) { w.accounts = {}; }},
  });
}

TEST_CASE("Windows: the guest, and signing in by itself") {
  const auto guest_on = [](WindowsSignIn& w) { w.accounts->front().enabled = true; };
  check_rows({
      {"passwords.guest-off", Verdict::pass, "off", [](auto&) {}},
      {"passwords.guest-off", Verdict::fail, "enabled", guest_on},
      {"passwords.guest-off", Verdict::fail, "enabled", [&](auto& w) { guest_on(w), w.guest_kept_off_network = {}; }},
      {"passwords.guest-off", Verdict::fail, "enabled-network",
       [&](auto& w) { guest_on(w), w.guest_kept_off_network = fact(false, "", kNow); }},
      {"passwords.guest-off", Verdict::unknown, "guest-unseen", [](auto& w) { w.accounts->erase(w.accounts->begin()); }},
      {"passwords.guest-off", Verdict::unknown, "unmeasured", [](auto& w) { w.accounts = {}; }},
      {"passwords.auto-login-off", Verdict::pass, "off", [](auto&) {}},
      {"passwords.auto-login-off", Verdict::fail, "signs-in", [](auto& w) { *w.auto_login = {true, "tanaka", false}; }},
      {"passwords.auto-login-off", Verdict::fail, "signs-in-readable", [](auto& w) { *w.auto_login = {true, "tanaka", true}; }},
      {"passwords.auto-login-off", Verdict::fail, "password-left", [](auto& w) { *w.auto_login = {false, "tanaka", true}; }},
      {"passwords.auto-login-off", Verdict::unknown, "unmeasured", [](auto& w) { w.auto_login = {}; }},
  });
}

TEST_CASE("Windows: the earliest lock of each person who is signed in decides; what was not seen might lock earlier") {
  const char* id = "passwords.screen-lock";
  const auto saver = [](WindowsSignIn& w, WindowsScreenSaver found) { w.screen_savers.begin()->second = fact(found, "", kNow); };
  check_rows({
      {id, Verdict::pass, "locks", [](auto&) {}},
      {id, Verdict::fail, "never-locks", [](auto& w) { w.sleep->plugged_in = 0; }},
      {id, Verdict::fail, "never-locks", [](auto& w) { w.sleep->plugged_in_locks = false; }},
      {id, Verdict::fail, "never-locks", [](auto& w) { w.sleep->on_battery = 0; }},
      {id, Verdict::fail, "locks-late", [](auto& w) { w.sleep->plugged_in = 901; }},
      {id, Verdict::fail, "locks-late", [](auto& w) { w.sleep->on_battery = 1200, w.sleep->on_battery_locks = true; }},
      {id, Verdict::pass, "locks", [&](auto& w) { w.sleep->plugged_in = 0, saver(w, {true, 600, {}}); }},
      {id, Verdict::fail, "never-locks", [&](auto& w) { w.sleep->plugged_in = 0, saver(w, {false, 600, {}}); }},
      {id, Verdict::unknown, "saver-time-unseen", [&](auto& w) { w.sleep->plugged_in = 0, saver(w, {true, {}, {}}); }},
      {id, Verdict::fail, "never-locks", [&](auto& w) { w.sleep->modern_standby = true, saver(w, {false, {}, 0xFFFFFFFF}); }},
      {id, Verdict::fail, "locks-late", [&](auto& w) { w.sleep->modern_standby = true, saver(w, {false, {}, 60}); }},
      {id, Verdict::pass, "locks-everybody", [](auto& w) { w.sleep->plugged_in = 0, w.idle_lock->policy = 900; }},
      {id, Verdict::pass, "locks-everybody", [](auto& w) { w.signed_in->clear(), w.idle_lock->managed = 600; }},
      {id, Verdict::unknown, "nobody-signed-in", [](auto& w) { w.signed_in->clear(); }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.signed_in = {}; }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.sleep = {}; }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.sleep->plugged_in = 0, w.idle_lock = {}; }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.sleep->plugged_in = 0, w.screen_savers.clear(); }},
  });
}

TEST_CASE("Windows: who signs in daily and is an administrator") {
  const char* id = "accounts.admin-separate";
  const auto member = [](WindowsSignIn& w, const char* sid, bool group) { w.administrators->push_back({sid, group}); };
  const std::string tanaka = kMachine + std::string("1001");
  const char* of_domain = "S-1-5-21-1004336348-1177238915-682003330-1104";
  const char* domain_group = "S-1-5-21-1004336348-1177238915-682003330-512";
  check_rows({
      {id, Verdict::pass, "separate", [](auto&) {}},
      {id, Verdict::fail, "daily-administrators", [&](auto& w) { member(w, tanaka.c_str(), false); }},
      {id, Verdict::fail, "daily-administrators", [&](auto& w) { member(w, "S-1-5-11", true); }},
      {id, Verdict::pass, "separate", [&](auto& w) { member(w, domain_group, true); }},
      {id, Verdict::unknown, "groups-unseen", [&](auto& w) { member(w, domain_group, true), w.signed_in->push_back(of_domain); }},
      {id, Verdict::fail, "daily-administrators", [&](auto& w) { member(w, of_domain, false), w.signed_in->push_back(of_domain); }},
      {id, Verdict::unknown, "nobody-lately", [](auto& w) { w.accounts->back().used_lately = false, w.signed_in->clear(); }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.administrators = {}; }},
      {id, Verdict::unknown, "unmeasured", [](auto& w) { w.signed_in = {}; }},
  });
  const auto only_administrator = [](WindowsSignIn& w) { w.accounts->back() = windows_account("Administrator", 500); };
  check_rows({{id, Verdict::not_applicable, "server-upkeep", only_administrator}}, WindowsKind::server);
  check_rows({{id, Verdict::fail, "daily-administrators", only_administrator}});
}

TEST_CASE("Windows: how old the briefings are does not wait for the accounts") {
  auto evidence = windows_evidence();
  evidence.threats.offered = fact(std::vector<BriefingOffered>{{"2026-autumn", kNow - platform::Days{10}}}, "", kNow);
  evidence.threats.people = no_fact<std::map<std::string, BriefingReader>>({ErrorKind::denied, ""}, "", kNow);
  CHECK(verdict_of("threats.briefing-fresh", evidence) == Verdict::pass);
  evidence.device.system = {};
  CHECK(verdict_of("threats.briefing-fresh", evidence) == Verdict::unknown);
}

TEST_CASE("parts of security identifiers") {
  CHECK(rid_of("S-1-5-21-1-2-3-501") == 501);
  CHECK(rid_of("S-1-5-21-1-2-3-") == -1);
  CHECK(rid_of("Guest") == -1);
  const std::vector<WindowsAccount> accounts = {windows_account("Guest", 501)};
  CHECK(kept_here(accounts, kMachine + std::string("1001")));
  CHECK_FALSE(kept_here(accounts, "S-1-5-21-1004336348-1177238915-682003330-1001"));
  CHECK_FALSE(kept_here({}, kMachine + std::string("1001")));
}

}  // namespace gokajo::tests
