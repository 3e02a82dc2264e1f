#include "hub/demo/play.h"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "hub/demo/marker.h"
#include "hub/post_office.h"
#include "hub/silence.h"
#include "platform/durable_file.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;
using platform::Days, platform::Time;

namespace {

// A Tuesday at 11 in Japan, the day of people.md's mails.
const Time kNow = *platform::parse_time("2026-11-24T02:00:00Z");

struct Demo {
  TemporaryDirectory directory;
  std::string path = directory.path() + "/hub";
  HubState state = std::move(*open_state(path));

  explicit Demo(int clients, std::uint64_t seed = 1) {
    const auto plan = demo::plan_of(clients, seed, kNow);
    const auto played = demo::play(state, plan, kNow);
    REQUIRE_MESSAGE(played, played.error().detail);
  }

  std::map<std::string, Device> pcs(const std::string& tenant) {
    const auto devices = state.store->devices(tenant);
    REQUIRE(devices);
    std::map<std::string, Device> found;
    for (const auto& device : *devices) found.emplace(device.label, device);
    return found;
  }

  Contact contact(const Device& device) {
    const auto company = state.store->company(device.tenant);
    REQUIRE(company);
    const auto contact = contact_of(*state.store, calendar_of(*company), device, kNow);
    REQUIRE(contact);
    return *contact;
  }

  // Everything that is said of every PC, without what is random (ids).
  std::string told() {
    std::string text;
    const auto companies = state.store->companies();
    REQUIRE(companies);
    for (const auto& company : *companies) {
      text += company.name + "\n";
      for (const auto& [label, device] : pcs(company.id)) {
        const auto findings = state.store->findings(company.id, device.id);
        REQUIRE(findings);
        text += label;
        for (const auto& one : *findings)
          text += " " + one.check + "=" + boost::describe::enum_to_string(one.verdict, "") + "@" + platform::format_time(one.since);
        text += "\n";
      }
    }
    return text;
  }
};

}  // namespace

TEST_CASE("the demo's 山田工務店 is judged as its story tells") {
  Demo demo(1);
  const auto pcs = demo.pcs(demo::kYamada);
  REQUIRE(pcs.size() == 20);
  // What each PC has of its own; all Windows PCs lack a length rule, which is a question, and no other trouble.
  using Rules = std::map<std::string, Verdict>;
  const std::map<std::string, Rules> own = {
      {"PC-03 経理", {{"updates", Verdict::fail}}},
      {"PC-05 見積", {{"sharing", Verdict::fail}, {"passwords", Verdict::fail}}},  // Guest is on for the share
      {"PC-09 設計", {{"updates", Verdict::unknown}}},
      {"PC-11 受付", {{"antivirus", Verdict::fail}, {"threats", Verdict::ask}}},
      {"PC-12 倉庫", {{"sharing", Verdict::ask}}},
      {"PC-14 営業2", {{"updates", Verdict::fail}}},
      {"PC-16 購買", {{"threats", Verdict::ask}}},
      {"PC-18 予備", {{"threats", Verdict::not_applicable}}},
      {"PC-20 図面の保管", {{"antivirus", Verdict::fail}, {"sharing", Verdict::not_applicable}, {"threats", Verdict::not_applicable}}}};
  for (const auto& [label, device] : pcs) {
    CAPTURE(label);
    Rules wanted = {{"updates", Verdict::pass},
                    {"antivirus", Verdict::pass},
                    {"passwords", Verdict::ask},
                    {"sharing", Verdict::pass},
                    {"threats", Verdict::pass}};
    if (const auto found = own.find(label); found != own.end())
      for (const auto& [rule, verdict] : found->second) wanted[rule] = verdict;
    const bool silent = label == "PC-17 現場ノート";  // what it said grows old, and counts for nothing
    if (!silent) CHECK(*demo.state.store->rules(device.tenant, device.id) == wanted);
    CHECK(demo.contact(device) == (silent ? Contact::silent : Contact::heard));
    CHECK(device.standing == Standing::approved);
  }
  const auto company = demo.state.store->company(demo::kYamada);
  CHECK(company->stated_devices == 20);
  CHECK(company->name.find("デモ") != std::string::npos);
}

TEST_CASE("the demo's past looks like one: what was put right, what is new, and since when") {
  Demo demo(1);
  const auto pcs = demo.pcs(demo::kYamada);
  const auto changes = demo.state.store->changes(demo::kYamada, kNow - Days{7});
  REQUIRE(changes);
  std::set<std::string> said;
  for (const auto& change : *changes)
    for (const auto& [label, device] : pcs)
      if (device.id == change.device) said.insert(label.substr(0, 5) + " " + change.subject + ": " + change.before + " -> " + change.after);
  CHECK(said.contains("PC-07 updates: fail -> pass"));
  CHECK(said.contains("PC-11 antivirus:  -> fail"));
  // Of a PC that is silent what it said last grows old; of no other anything changed.
  for (const auto& line : said) CHECK_MESSAGE((line.starts_with("PC-07") || line.starts_with("PC-11") || line.starts_with("PC-17")), line);
  const auto of_late = demo.state.store->findings(demo::kYamada, pcs.at("PC-03 経理").id);
  for (const auto& finding : *of_late)
    if (finding.check == "updates.security-installed") {
      CHECK(finding.verdict == Verdict::fail);
      // 14 days behind 14 October, when the fix came out in Japan.
      CHECK(platform::local_day(finding.since, 540) == std::chrono::sys_days{std::chrono::year{2026} / 10 / 29});
    }
  const auto before = demo.state.store->changes(demo::kYamada, Time{});
  CHECK(before->front().at < kNow - Days{50});
}

TEST_CASE("the same seed gives the same demo, and another another") {
  Demo one(4, 7), again(4, 7), other(4, 8);
  CHECK(one.told() == again.told());
  CHECK(one.told() != other.told());
}

TEST_CASE("the adviser's companies are in all states") {
  const auto plan = demo::plan_of(40, 1, kNow);
  CHECK(plan.companies.size() == 40);
  std::size_t empty = 0, waiting = 0, resting = 0, short_of = 0, silent = 0;
  std::set<std::string> names;
  for (const auto& one : plan.companies) {
    names.insert(one.company.name);
    CHECK(one.pcs.size() <= (one.company.id == demo::kYamada ? 20 : 15));
    empty += one.pcs.empty();
    bool all_silent = !one.pcs.empty();
    for (const auto& pc : one.pcs) {
      waiting += pc.waiting;
      resting += pc.rests_until.has_value();
      all_silent = all_silent && pc.last && !pc.rests_until;
    }
    silent += all_silent;
    short_of += one.company.stated_devices != static_cast<std::int64_t>(one.pcs.size());
  }
  CHECK(names.size() == 40);
  CHECK(empty == 2);
  CHECK(silent == 1);
  CHECK(waiting > 0);
  CHECK(resting > 0);
  CHECK(short_of > empty);
}

TEST_CASE("a demo fills no folder that holds a company, and is marked for good") {
  Demo demo(1);
  const auto again = demo::play(demo.state, demo::plan_of(1, 1, kNow), kNow);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == platform::ErrorKind::denied);
  CHECK(demo::is_demo(demo.path));
  CHECK_FALSE(demo::is_demo(demo.directory.path()));
}

TEST_CASE("a demo has no mail server, whatever hub.toml says") {
  TemporaryDirectory directory;
  REQUIRE(platform::write_file_durably(directory.path() + "/hub.toml",
                                       "[mail]\nhost = \"mail.example.jp\"\nport = 587\nsecurity = \"starttls\"\nfrom = "
                                       "\"gokajo@example.jp\"\nuser = \"a\"\npassword_file = '" +
                                           directory.path() + "/password'\n"));
  const auto before = find_mail_settings(directory.path());
  REQUIRE_MESSAGE(before, before.error().detail);
  REQUIRE(before->has_value());
  REQUIRE(demo::mark_demo(directory.path()));
  const auto settings = find_mail_settings(directory.path());
  REQUIRE(settings);
  CHECK_FALSE(settings->has_value());
}

}  // namespace gokajo::tests
