#include "hub/overview_store.h"

#include <algorithm>

#include "hub/checks_view.h"
#include "hub/contacts.h"
#include "hub/device_pages.h"
#include "platform/json_form.h"
#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

std::vector<std::string> labels(const platform::Result<DevicePage>& page) {
  REQUIRE(page);
  std::vector<std::string> out;
  for (const auto& one : page->devices) out.push_back(one.device.label);
  return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("which PCs are silent is found with one question, and as each alone would be told") {
  Office office;
  Scene scene{*office.store};
  const auto calendar = calendar_of(*office.store->company("yamada"));
  std::vector<Device> all;
  for (int days = 0; days < 60; ++days) all.push_back(scene.add("PC-" + std::to_string(100 + days), day(-days)));
  // Of a PC that is used every second Monday two weeks without a word are its habit.
  const auto rare = scene.add("PC-99", day(-13));
  scene.write([&] {
    std::int64_t seq = 0;
    for (const int days : {55, 41, 27, 13})
      REQUIRE(office.store->add_report({"yamada", rare.id, {1, ++seq}, std::string(64, 'a'), "{}", day(-days), day(-days), 0}));
  });
  auto resting = scene.add("PC-98", day(-40));
  resting.resting_since = day(-20);
  resting.resting_until = day(10);
  scene.put(resting);
  all.push_back(rare);
  all.push_back(resting);
  scene.add("PC-97", day(-40), Standing::waiting);
  for (int later = 0; later < 30; ++later) {
    const auto now = day(later);
    const auto contacts = contacts_of(*office.store, calendar, "yamada", now);
    REQUIRE(contacts);
    std::size_t quiet = 0;
    for (const auto& device : all) {
      const auto alone = contact_of(*office.store, calendar, device, now);
      REQUIRE(alone);
      CAPTURE(device.label);
      CAPTURE(later);
      CHECK(contacts->of(device.id) == *alone);
      quiet += *alone == Contact::heard ? 0 : 1;
    }
    CHECK(contacts->quiet.size() == quiet);
  }
  const auto contacts = contacts_of(*office.store, calendar, "yamada", day(0));
  CHECK(contacts->of(rare.id) == Contact::heard);
  for (const auto& one : contacts->silence.silent) CHECK(one.device != rare.id);
  CHECK(contacts->of(resting.id) == Contact::resting);
}

TEST_CASE("PCs are listed by urgency, and a silent one never stands with those that pass") {
  Office office;
  Scene scene{*office.store};
  const auto late = scene.add("PC-01", day(0)), fine = scene.add("PC-02", day(0)), asked = scene.add("PC-03", day(0)),
             silent = scene.add("PC-04", day(-21)), blind = scene.add("PC-05", day(0)), fresh = scene.add("PC-06", day(0)),
             waiting = scene.add("PC-07", day(0), Standing::waiting), gone = scene.add("PC-08", day(0), Standing::removed);
  auto resting = scene.add("PC-09", day(-20)), in_use = scene.add("PC-10", day(0));
  for (auto* one : {&resting, &in_use}) {
    one->resting_since = day(-10);
    one->resting_until = day(10);
    scene.put(*one);
  }
  scene.judge(late, day(-1), {found("antivirus.active", "antivirus", "no-product")});
  scene.judge(fine, day(-1));
  scene.judge(asked, day(-1), {found("passwords.length", "passwords", "no-rule", Verdict::ask)});
  scene.judge(silent, day(-21));
  scene.judge(blind, day(-1), {found("updates.security-installed", "updates", "unmeasured", Verdict::unknown)});
  scene.judge(waiting, day(-1));
  scene.judge(gone, day(-1));
  scene.judge(resting, day(-20));
  scene.judge(in_use, day(-1), {found("antivirus.active", "antivirus", "no-product")});
  const auto contacts = contacts_of(*office.store, calendar_of(*office.store->company("yamada")), "yamada", day(0));
  REQUIRE(contacts);
  DeviceQuery query;
  query.silence = contacts->silence;
  const auto list = [&] { return labels(page_of_devices(*office.store, "yamada", query)); };
  // Failing, silent, not measured (or never judged), asked, passing, at rest, waiting.
  CHECK(list() == Names{"PC-01", "PC-10", "PC-04", "PC-05", "PC-06", "PC-03", "PC-02", "PC-09", "PC-07"});
  query.order = DeviceOrder::name;
  CHECK(list() == Names{"PC-01", "PC-02", "PC-03", "PC-04", "PC-05", "PC-06", "PC-07", "PC-09", "PC-10"});
  query.order = DeviceOrder::last_heard;
  CHECK(list().front() == "PC-04");
  query.order = DeviceOrder::worst;
  const auto with = [&](std::optional<Verdict> verdict, const std::string& rule = "") {
    query.verdict = verdict;
    query.rule = rule;
    return list();
  };
  CHECK(with(Verdict::pass) == Names{"PC-02"});
  CHECK(with(Verdict::fail) == Names{"PC-01", "PC-10"});
  CHECK(with(Verdict::unknown) == Names{"PC-05", "PC-06"});
  CHECK(with(Verdict::ask) == Names{"PC-03"});
  CHECK(with(Verdict::fail, "antivirus") == Names{"PC-01", "PC-10"});
  CHECK(with(Verdict::fail, "updates").empty());
  // Of one rule all have the same verdict: by name.
  CHECK(with(Verdict::pass, "antivirus") == Names{"PC-02", "PC-03", "PC-05"});
  CHECK(with(Verdict::unknown, "updates") == Names{"PC-05", "PC-06"});
  CHECK(with(Verdict::fail, "' OR 1=1 --").empty());
  query.verdict.reset();
  query.rule.clear();
  const auto kind = [&](DeviceKind wanted) {
    query.kind = wanted;
    return list();
  };
  CHECK(kind(DeviceKind::silent) == Names{"PC-04"});
  CHECK(kind(DeviceKind::resting) == Names{"PC-10", "PC-09"});
  CHECK(kind(DeviceKind::waiting) == Names{"PC-07"});
  query.kind = DeviceKind::any;
  // Pages.
  query.limit = 4;
  query.offset = 8;
  const auto last = page_of_devices(*office.store, "yamada", query);
  CHECK(labels(last) == Names{"PC-07"});
  CHECK(last->all == 9);
}

TEST_CASE("PCs are found by a part of their name and by their group, in their company only") {
  Office office;
  office.add_company("sato");
  Scene scene{*office.store};
  const auto one = scene.add("PC-01 経理 Desk", day(0)), two = scene.add("PC-02 設計", day(0));
  Scene other{*office.store, "sato"};
  const auto theirs = other.add("PC-01 経理 Desk", day(0));
  scene.write([&] {
    REQUIRE(office.store->set_group("yamada", one.id, "本社"));
    REQUIRE(office.store->set_group("sato", theirs.id, "支店"));
  });
  DeviceQuery query;
  const auto list = [&] { return labels(page_of_devices(*office.store, "yamada", query)); };
  for (const char* text : {"経理", "desk", "DESK", "HOST"}) {
    query.text = text;
    CHECK(list().front() == "PC-01 経理 Desk");
  }
  query.text = "%";
  CHECK(list().empty());
  query.text.clear();
  query.group = "本社";
  CHECK(list() == Names{"PC-01 経理 Desk"});
  query.group = "支店";
  CHECK(list().empty());
  CHECK(*office.store->groups("yamada") == std::vector<std::pair<std::string, std::int64_t>>{{"本社", 1}});
  CHECK(*office.store->group("yamada", one.id) == "本社");
  CHECK(office.store->group("yamada", theirs.id)->empty());
  // A group outlives reports and verdicts.
  scene.put(one);
  scene.judge(one, day(0));
  CHECK(*office.store->group("yamada", one.id) == "本社");
}

TEST_CASE("failures, counts and findings of a check are those of approved PCs") {
  Office office;
  Scene scene{*office.store};
  const auto late = scene.add("PC-02", day(0)), fine = scene.add("PC-01", day(0)), waiting = scene.add("PC-03", day(0), Standing::waiting);
  auto advice = found("backup.recent", "extras", "old");
  advice.role = compliance::Role::advice;
  const auto missing = found("antivirus.active", "antivirus", "no-product");
  scene.judge(late, day(-1), {missing, advice});
  scene.judge(fine, day(-1), {found("antivirus.active", "antivirus", "active", Verdict::pass)});
  scene.judge(waiting, day(-1), {missing});
  const auto causes = office.store->causes("yamada", {});
  REQUIRE(causes);
  REQUIRE(causes->size() == 1);  // advice asks for nothing
  CHECK(causes->front().check == "antivirus.active");
  CHECK(causes->front().situation == "no-product");
  CHECK(causes->front().rule == "antivirus");
  CHECK(causes->front().pcs == 1);
  CHECK(office.store->causes("yamada", {late.id})->empty());
  const auto failures = office.store->findings_of_cause("yamada", "antivirus.active", "no-product", {}, 10, 10);
  REQUIRE(failures);
  REQUIRE(failures->size() == 1);
  CHECK(failures->front().device == late.id);
  CHECK(failures->front().finding.since == day(-1));
  CHECK(office.store->findings_of_cause("yamada", "antivirus.active", "no-product", {}, 10, 0)->front().finding.form.empty());
  const auto json = [](const std::string& form) { return *platform::parse_json(form, 1U << 20U); };
  CHECK(json(failures->front().finding.form) == json(office.store->findings("yamada", late.id)->front().form));
  const auto of_check = worst_first(*office.store, "yamada", "antivirus.active", 0, 10);
  REQUIRE(of_check);
  REQUIRE(of_check->size() == 2);
  CHECK(of_check->front().device == late.id);  // the failing one before PC-01
  CHECK(worst_first(*office.store, "yamada", "antivirus.active", 1, 10)->front().device == fine.id);
  const auto counts = office.store->check_counts("yamada");
  REQUIRE(counts);
  CHECK(counts->at("antivirus.active") == std::map<Verdict, std::int64_t>{{Verdict::pass, 1}, {Verdict::fail, 1}});
  CHECK(counts->at("backup.recent") == std::map<Verdict, std::int64_t>{{Verdict::fail, 1}});
  CHECK(office.store->check_counts_of("yamada", {late.id, waiting.id}, "")->at("backup.recent").at(Verdict::fail) == 1);
  CHECK(office.store->check_counts_of("yamada", {late.id, waiting.id}, "antivirus.active")->size() == 1);
  CHECK(office.store->check_counts_of("yamada", {waiting.id}, "")->empty());
  CHECK(office.store->rules_of("yamada", {})->empty());
  CHECK(office.store->rules_of("yamada", {late.id, waiting.id})->size() == 5);
  CHECK(office.store->rules_of("sato", {late.id})->empty());
}

TEST_CASE("a plan stays while its check does not pass, and ends when it does") {
  Office office;
  Scene scene{*office.store};
  const auto pc = scene.add("PC-01", day(0)), other = scene.add("PC-02", day(0));
  const auto late = found("antivirus.active", "antivirus", "no-product");
  scene.judge(pc, day(-3), {late});
  scene.judge(other, day(-3), {late});
  for (const auto* device : {&pc, &other})
    scene.write(
        [&] { REQUIRE(office.store->put_plan("yamada", {device->id, "antivirus.active", PlanState::planned, day(5), "田中", day(-2)})); });
  const auto plans = [&](const Device& device) { return *office.store->plans("yamada", device.id); };
  REQUIRE(plans(pc).size() == 1);
  CHECK(plans(pc).front().until == day(5));
  CHECK(plans(pc).front().who == "田中");
  CHECK(office.store->plans("yamada", "")->size() == 2);
  CHECK(office.store->plans("sato", "")->empty());
  scene.judge(pc, day(-1), {found("antivirus.active", "antivirus", "unmeasured", Verdict::unknown)});
  CHECK(plans(pc).size() == 1);
  scene.judge(pc, day(0), {found("antivirus.active", "antivirus", "active", Verdict::pass)});
  CHECK(plans(pc).empty());
  CHECK(plans(other).size() == 1);
  // It does not come back with the next failure.
  scene.judge(pc, day(1), {late});
  CHECK(plans(pc).empty());
  scene.write([&] { REQUIRE(office.store->remove_plan("yamada", other.id, "antivirus.active")); });
  CHECK(plans(other).empty());
}

TEST_CASE("counts of days, comments and a PC's changes are kept as they came") {
  Office office;
  Scene scene{*office.store};
  const auto pc = scene.add("PC-01", day(0));
  scene.judge(pc, day(-1));
  scene.judge(pc, day(0), {found("antivirus.active", "antivirus", "no-product")});
  const auto changes = office.store->changes_of("yamada", pc.id, 2);
  REQUIRE(changes);
  REQUIRE(changes->size() == 2);
  CHECK(changes->front().at == day(0));
  CHECK(office.store->changes_of("sato", pc.id, 2)->empty());
  const auto midnight = platform::Time{std::chrono::floor<platform::Days>(day(0))};
  scene.write([&] {
    REQUIRE(office.store->put_daily_count("yamada", {midnight - platform::Days{800}, "", 1}));
    REQUIRE(office.store->put_daily_count("yamada", {midnight, "", 9, 8, 7, 6, 5, 4, 3}));
    REQUIRE(office.store->put_daily_count("yamada", {midnight, "", 1, 2, 3, 4, 5, 6, 7}));
    REQUIRE(*office.store->forget_daily_counts(midnight - platform::Days{732}, 10) == 1);
    REQUIRE(office.store->put_comment("yamada", {"来週うかがいます", "佐藤", day(0)}));
  });
  const auto counts = office.store->daily_counts("yamada", platform::Time{});
  REQUIRE(counts);
  REQUIRE(counts->size() == 1);
  CHECK(counts->front().resting == 7);
  CHECK(office.store->comment("yamada")->text == "来週うかがいます");
  CHECK(office.store->comment("sato")->text.empty());
}

}  // namespace gokajo::tests
