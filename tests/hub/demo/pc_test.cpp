#include "hub/demo/pc.h"

#include <map>
#include <sstream>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "protocol/content.h"
#include "tests/support/described_windows.h"

namespace gokajo::tests {

using namespace hub::demo;
using compliance::Verdict;
using platform::Days, platform::Time;

namespace {

const Time kAt = *platform::parse_time("2026-11-24T00:00:00Z");

std::string text_of(const compliance::Evidence& evidence) {
  return protocol::write_content({kAt, evidence, {}, {}}).at("evidence").dump(1);
}

std::string text_of_described(const std::string& name) {
  for (const auto& pc : described_windows())
    if (pc.name == name) {
      const auto scan = agent::scan(pc.host, input_of(pc), pc.host.at());
      REQUIRE(scan);
      return text_of(scan->evidence);
    }
  FAIL("no such description: " << name);
  return {};
}

// The demo's PCs have security identifiers of their own.
std::string with_sid_of(const compliance::Evidence& evidence, std::string text) {
  const std::string known = "S-1-5-21-3623811015-3361044348-30300820-1001";
  const auto& own = evidence.passwords.windows.profiles->front().sid;
  const auto from = known.substr(0, known.size() - 5), to = own.substr(0, own.size() - 5);
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

// The line in which they differ, of both; empty: none does.
std::string first_difference(const std::string& one, const std::string& other) {
  std::istringstream a(one), b(other);
  for (std::string line, of_other;;) {
    const bool more = static_cast<bool>(std::getline(a, line)), other_more = static_cast<bool>(std::getline(b, of_other));
    if (!more && !other_more) return {};
    if (more != other_more || line != of_other) return line + " | " + of_other;
  }
}

std::map<std::string, Verdict> rules_of(const PcOnDay& pc, Time now, const compliance::Memory& memory = {}) {
  auto evidence = evidence_of(pc, known_pc(pc.linux_pc, pc.host_name, pc.account), compliance::built_in_windows_levels());
  const auto pack = compliance::built_in_pack("5kajo");
  REQUIRE(pack);
  const auto judged = compliance::judge(evidence, *pack, {compliance::kPolicyFormat, {}, {}, {}, {}}, memory, now);
  std::map<std::string, Verdict> rules;
  for (const auto& rule : judged.rules) rules.emplace(rule.id, rule.verdict);
  return rules;
}

// Of a weekday morning: on every weekday of the weeks before, read the briefing, updated a week after the second Tuesday.
PcOnDay healthy() {
  PcOnDay pc;
  pc.host_name = "pc-06";
  pc.account = "itou";
  pc.at = kAt;
  pc.updated_until = kAt - Days{8};
  for (auto day = std::chrono::floor<Days>(kAt) - Days{30}; day <= std::chrono::floor<Days>(kAt); day += Days{1})
    if (std::chrono::weekday{day}.iso_encoding() < 6) pc.on.emplace_back(day);
  pc.read_at = kAt - Days{12};
  return pc;
}

}  // namespace

TEST_CASE("each trouble of a demo's PC is told like the described PC that has it tells it") {
  struct Row {
    Trouble trouble;
    const char* described;
    const char* item = "";
    Time since = kAt;
  };
  // Where the described PC differs from the plain one in more than the trouble, the rule below says what it must come to.
  const Row rows[] = {
      {Trouble::short_length_rule, "passwords-length-8"},
      {Trouble::updates_unseen, "updates-client-tells-nothing"},
      {Trouble::restart_waits, "updates-installed-waits-for-restart", "", *platform::parse_time("2026-11-19T04:00:00Z")},
      {Trouble::office_ended, "software-office-2021-ended"},
      {Trouble::antivirus_expired, "antivirus-trial-expired"},
      {Trouble::real_time_off, "antivirus-defender-real-time-off"},
      {Trouble::definitions_old, "antivirus-defender-signatures-old", "", *platform::parse_time("2026-11-09T01:00:00Z")},
      {Trouble::share_open, "sharing-everyone-everyone-guest", "見積"},
      {Trouble::share_for_accounts, "sharing-everyone-everyone", "見積"},
      {Trouble::smb1_on, "sharing-smb1-on"},
      {Trouble::firewall_off, "firewall-off"},
      {Trouble::remote_desktop_open, "remote-desktop-without-nla"},
      {Trouble::auto_login, "passwords-autologon"},
      {Trouble::guest_on, "passwords-guest-on"},
      {Trouble::screen_never_locks, "passwords-screen-never"},
      {Trouble::disk_open, "disk-bitlocker-off"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.described);
    auto evidence = known_pc(false, "office-pc", "tanaka");
    afflict(evidence, {row.trouble, row.since, row.item}, kAt);
    const auto wanted = with_sid_of(evidence, text_of_described(row.described));
    CHECK(first_difference(text_of(evidence), wanted) == "");
  }
}

TEST_CASE("a healthy PC of the demo passes the four rules that a PC can show, and the fifth once its person has read") {
  const auto rules = rules_of(healthy(), kAt);
  for (const char* rule : {"updates", "antivirus", "passwords", "sharing", "threats"}) {
    CAPTURE(rule);
    CHECK(rules.at(rule) == Verdict::pass);
  }
}

TEST_CASE("each trouble turns its own rule and no other") {
  struct Row {
    Trouble trouble;
    const char* rule;
    Verdict verdict;
  };
  // As the described PCs' expectations argue; advice turns nothing.
  const Row rows[] = {
      {Trouble::no_length_rule, "passwords", Verdict::ask},      {Trouble::short_length_rule, "passwords", Verdict::fail},
      {Trouble::updates_late, "updates", Verdict::fail},         {Trouble::updates_unseen, "updates", Verdict::unknown},
      {Trouble::updates_paused, "updates", Verdict::pass},       {Trouble::restart_waits, "updates", Verdict::pass},
      {Trouble::office_ended, "updates", Verdict::fail},         {Trouble::antivirus_expired, "antivirus", Verdict::fail},
      {Trouble::real_time_off, "antivirus", Verdict::fail},      {Trouble::definitions_old, "antivirus", Verdict::fail},
      {Trouble::share_open, "sharing", Verdict::fail},           {Trouble::share_for_accounts, "sharing", Verdict::ask},
      {Trouble::shares_unseen, "sharing", Verdict::unknown},     {Trouble::smb1_on, "sharing", Verdict::fail},
      {Trouble::firewall_off, "sharing", Verdict::fail},         {Trouble::remote_desktop_open, "sharing", Verdict::fail},
      {Trouble::auto_login, "passwords", Verdict::fail},         {Trouble::guest_on, "passwords", Verdict::fail},
      {Trouble::screen_never_locks, "passwords", Verdict::pass}, {Trouble::disk_open, "sharing", Verdict::pass},
  };
  for (const auto& row : rows) {
    CAPTURE(boost::describe::enum_to_string(row.trouble, ""));
    auto pc = healthy();
    const bool late = row.trouble == Trouble::updates_late;
    pc.ailments = {{row.trouble, kAt - Days{late ? 43 : 15}, "見積"}};
    if (late) pc.updated_until = pc.ailments.front().since;
    for (const auto& [rule, verdict] : rules_of(pc, kAt)) {
      CAPTURE(rule);
      // Whoever may come in without a password may come to the shared folder too: Guest is on for it.
      const bool guest_too = row.trouble == Trouble::share_open && rule == "passwords";
      CHECK(verdict == (rule == row.rule ? row.verdict : guest_too ? Verdict::fail : Verdict::pass));
    }
  }
}

TEST_CASE("the late PC of the story is 41 days behind on 24 November") {
  auto pc = healthy();
  pc.updated_until = *platform::parse_time("2026-10-12");
  const auto pack = compliance::built_in_pack("5kajo");
  const auto judged =
      compliance::judge(evidence_of(pc, known_pc(pc.linux_pc, pc.host_name, pc.account), compliance::built_in_windows_levels()), *pack,
                        {compliance::kPolicyFormat, {}, {}, {}, {}}, {}, kAt);
  for (const auto& one : judged.findings)
    if (one.finding.check == "updates.security-installed")
      CHECK(std::get<compliance::DayCount>(one.finding.parameters.at("late")).value == 41);
}

TEST_CASE("a Linux PC of the demo has no antivirus, which is to be fixed, and is up to date") {
  auto pc = healthy();
  pc.linux_pc = true;
  const auto rules = rules_of(pc, kAt);
  CHECK(rules.at("antivirus") == Verdict::fail);
  CHECK(rules.at("updates") == Verdict::pass);
  CHECK(rules.at("passwords") == Verdict::ask);
}

}  // namespace gokajo::tests
