#include "hub/mail/weekly_from_store.h"

#include <doctest/doctest.h>

#include "compliance/finding_form.h"
#include "compliance/pack.h"
#include "hub/declaring/to_do.h"
#include "hub/evidence_store.h"
#include "hub/kept_finding.h"
#include "hub/mail/weekly_text.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/place.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Count, compliance::DayCount, compliance::Verdict;
using platform::Time;

namespace {

Time jst(const char* text, int hour) { return *platform::parse_time(text) + std::chrono::hours{hour - 9}; }

const Time kMonday = jst("2026-11-16", 10), kNow = jst("2026-11-24", 10);
const std::vector<std::string> kRules = {"updates", "antivirus", "passwords", "sharing", "threats"};

struct MailedOffice {
  Place place;
  std::unique_ptr<Store> store = place.store();

  explicit MailedOffice(int stated) {
    Company company;
    company.id = "yamada";
    company.name = "山田工務店";
    company.owner_name = "山田";
    company.person_in_charge = "田中";
    company.stated_devices = stated;
    write([&] { REQUIRE(store->put_company(company)); });
    for (const char* question : {"passwords", "mfa", "nas", "copier", "cloud"}) answer(question, jst("2026-04-10", 15));
  }

  template <class Work>
  void write(const Work& work) {
    REQUIRE(store->begin());
    work();
    REQUIRE(store->commit());
  }

  // The first choice of the pack with that verdict.
  void answer(const std::string& question, Time at, const std::string& verdict = "pass") {
    const auto pack = compliance::built_in_pack("5kajo");
    std::string chosen;
    for (const auto& one : pack->questions)
      for (const auto& choice : one.choices)
        if (one.id == question && choice.verdict == verdict && chosen.empty()) chosen = choice.id;
    REQUIRE_FALSE(chosen.empty());
    write([&] {
      REQUIRE(store->put_declaration("yamada", {"", {question, "", chosen, "田中", at, at + platform::Days{365}}, std::nullopt}));
    });
  }

  Device add(const std::string& label, Time last, Standing standing = Standing::approved) {
    Device device;
    device.tenant = "yamada";
    device.id = protocol::sha256_hex(label);
    device.key[0] = static_cast<std::uint8_t>(label.back());
    device.key[1] = static_cast<std::uint8_t>(label[label.size() - 2]);
    device.label = label;
    device.standing = standing;
    device.enrolled = jst("2026-04-01", 9);
    device.last_receipt = last;
    write([&] { REQUIRE(store->put_device(device)); });
    return device;
  }

  // All rules pass but those named; `findings` are what the hub found.
  void judge(const Device& device, Time at, std::vector<compliance::JudgedFinding> found = {}, std::map<std::string, Verdict> rules = {}) {
    std::vector<KeptFinding> kept;
    for (const auto& one : found) {
      kept.push_back(kept_finding(one, at));
      if (one.finding.verdict == Verdict::fail) rules[one.rule] = Verdict::fail;
    }
    for (const auto& rule : kRules) rules.emplace(rule, Verdict::pass);
    note_same_deeds(kept);
    write([&] { REQUIRE(store->set_verdicts(device, kept, rules, at, at)); });
  }

  Weekly week(std::size_t names_up_to = WeeklyInput{}.names_up_to) {
    WeeklyInput input{"yamada", kNow, kMonday};
    input.names_up_to = names_up_to;
    auto week = weekly_from(*store, input);
    REQUIRE(week);
    return *week;
  }
};

compliance::JudgedFinding finding(const char* check, const char* rule, const char* situation, compliance::Parameters parameters = {},
                                  Verdict verdict = Verdict::fail) {
  return found(check, rule, situation, verdict, std::move(parameters));
}

}  // namespace

TEST_CASE("an office where nothing is open is told so, with the oldest answer's day") {
  MailedOffice office(2);
  for (const char* label : {"PC-01", "PC-02"}) office.judge(office.add(label, jst("2026-11-24", 9)), kMonday - platform::Days{3});
  const auto week = office.week();
  CHECK(all_fine(week));
  CHECK(week.registered == 2);
  CHECK(week.answered_at == jst("2026-04-10", 15));
  CHECK(week.next == jst("2026-11-30", 10));
}

TEST_CASE("the mail knows of the newest record file of its own company") {
  MailedOffice office(0);
  const auto record = [&] { return weekly_from(*office.store, {"yamada", kNow, kMonday})->record; };
  CHECK_FALSE(record());
  office.write([&] {
    Company other;
    other.id = "sato";
    REQUIRE(office.store->put_company(other));
    for (const auto& [tenant, number] : std::vector<std::pair<std::string, std::int64_t>>{{"yamada", 1}, {"yamada", 2}, {"sato", 3}})
      REQUIRE(packs_of(*office.store)
                  .add_evidence_pack({tenant, number, PackKind::submission, kMonday, kNow, jst("2026-11-20", 9),
                                      std::to_string(number) + "a7f9c0211de" + std::string(52, '0'), "", 1, "田中", kNow}));
  });
  REQUIRE(record());
  CHECK(record()->number == 2);
  CHECK(record()->head == "2a7f9c0211de");
  CHECK(record()->made == jst("2026-11-20", 9));
}

TEST_CASE("what needs action, who is silent, what changed") {
  MailedOffice office(4);
  const auto late = office.add("PC-03 経理", jst("2026-11-24", 9)), mended = office.add("PC-07 設計", jst("2026-11-24", 9)),
             silent = office.add("PC-17 現場ノート", jst("2026-11-12", 17)), new_one = office.add("PC-11 受付", jst("2026-11-24", 9));
  office.add("PC-99", jst("2026-11-24", 9), Standing::waiting);
  const auto before = kMonday - platform::Days{3}, after = kMonday + platform::Days{2};
  const auto updates = finding("updates.security-installed", "updates", "missing-late", {{"days", DayCount{41}}});
  office.judge(late, before, {updates});
  office.judge(mended, before, {updates});
  office.judge(silent, before, {updates});
  office.judge(new_one, before);
  office.judge(mended, after);
  office.judge(new_one, after, {finding("antivirus.active", "antivirus", "no-product")});
  const auto week = office.week();
  CHECK_FALSE(all_fine(week));
  CHECK(week.registered == 4);
  CHECK(week.fail == 2);
  REQUIRE(week.silent.size() == 1);
  CHECK(week.silent.front().label == "PC-17 現場ノート");
  REQUIRE(week.todos.size() == 2);
  CHECK(week.todos[0].check == "antivirus.active");
  CHECK(week.todos[1].labels == std::vector<std::string>{"PC-03 経理"});
  CHECK(week.newly == std::vector<std::string>{"PC-11 受付"});
  REQUIRE(week.solved.size() == 1);
  CHECK(week.solved.front().label == "PC-07 設計");
  CHECK(week.rules[0].pass == 2);
  CHECK(week.rules[0].fail == 1);
  CHECK(week.rules[0].silent == 1);
  const auto text = weekly_text(week, compliance::Language::ja).text;
  CHECK(text.find("更新が41日遅れています。") != std::string::npos);
}

TEST_CASE("one cause on many PCs is one item; an exception and an unknown are neither asked for nor called fine") {
  MailedOffice office(5);
  std::vector<Device> pcs;
  for (const char* label : {"PC-01", "PC-02", "PC-03"}) pcs.push_back(office.add(label, jst("2026-11-24", 9)));
  int days = 20;
  for (const auto& pc : pcs)
    office.judge(pc, kNow, {finding("updates.security-installed", "updates", "missing-late", {{"days", DayCount{days += 5}}})});
  auto excepted = finding("sharing.smb1-off", "sharing", "server-on");
  excepted.exception = compliance::PolicyException{"sharing.smb1-off", std::nullopt, "古い複合機", "田中", jst("2027-03-31", 9)};
  office.judge(office.add("PC-04", jst("2026-11-24", 9)), kNow, {excepted});
  office.judge(office.add("PC-05", jst("2026-11-24", 9)), kNow, {}, {{"antivirus", Verdict::unknown}});
  const auto week = office.week();
  REQUIRE(week.todos.size() == 1);
  CHECK(week.todos.front().labels.size() == 3);
  CHECK(std::get<DayCount>(week.todos.front().parameters.at("days")).value == 35);
  CHECK(week.fail == 3);
  CHECK(week.other == 2);
}

TEST_CASE("where more PCs have a cause than are named, the one that is late for longest of all stands for them") {
  MailedOffice office(6);
  // The latest has the last name and the greatest id but one: neither order finds it.
  for (int i = 1; i <= 6; ++i)
    office.judge(office.add("PC-0" + std::to_string(i), jst("2026-11-24", 9)), kNow,
                 {finding("updates.security-installed", "updates", "missing-late",
                          {{"days", DayCount{14}}, {"since", compliance::Date{kNow - platform::Days{20 + 5 * i}}}})});
  for (const std::size_t named : {4, 5, 6, 100}) {
    CAPTURE(named);
    const auto week = office.week(named);
    REQUIRE(week.todos.size() == 1);
    const auto& todo = week.todos.front();
    CHECK(todo.labels.size() == std::min<std::size_t>(named, 6));
    CHECK(todo.more == static_cast<int>(6 - std::min<std::size_t>(named, 6)));
    CHECK(std::get<DayCount>(todo.parameters.at("days")).value == 50);
  }
}

TEST_CASE("the PCs with the newest changes are named, and one behind very many changes of others is found, too") {
  MailedOffice office(4);
  const auto settled = office.add("PC-01", jst("2026-11-24", 9)), restless = office.add("PC-02", jst("2026-11-24", 9)),
             late = office.add("PC-03", jst("2026-11-24", 9));
  const auto update = finding("updates.security-installed", "updates", "missing-late", {{"days", DayCount{41}}});
  office.judge(settled, kMonday - platform::Days{3}, {update});
  for (const auto& pc : {restless, late}) office.judge(pc, kMonday - platform::Days{3});
  office.judge(settled, kMonday + platform::Days{1});
  office.judge(late, kMonday + platform::Days{2}, {update});
  office.write([&] {
    for (int i = 0; i < 601; ++i)
      REQUIRE(office.store->add_change({"yamada", kMonday + platform::Days{3} + std::chrono::seconds{i}, restless.id, "rule", "sharing",
                                        i % 2 == 0 ? "pass" : "fail", i % 2 == 0 ? "fail" : "pass", std::nullopt}));
  });
  for (const std::size_t named : {1, 2, 1000}) {
    CAPTURE(named);
    const auto week = office.week(named);
    CHECK(week.newly == (named == 1 ? std::vector<std::string>{"PC-02"} : std::vector<std::string>{"PC-02", "PC-03"}));
    REQUIRE(week.solved.size() == 1);
    CHECK(week.solved.front().label == "PC-01");
  }
}

// people.md section 5, wording 11: the open folder is told once, with the steps that close it.
TEST_CASE(
    "a folder open to strangers is one thing to do, though two checks fail by it; one that is open to too many people stays another") {
  MailedOffice office(2);
  const auto open = finding("sharing.guest-access-off", "sharing", "guest-share"),
             same = finding("sharing.folders-restricted", "sharing", "open-to-all"),
             another = finding("sharing.folders-restricted", "sharing", "too-open");
  office.judge(office.add("PC-01", jst("2026-11-24", 9)), kNow, {open, same});
  office.judge(office.add("PC-02", jst("2026-11-24", 9)), kNow, {open, another});
  const auto week = office.week();
  CHECK(week.fail == 2);
  std::vector<std::string> told;
  for (const auto& todo : week.todos) told.push_back(todo.labels.front() + " " + todo.check);
  std::sort(told.begin(), told.end());
  CHECK(told ==
        std::vector<std::string>{"PC-01 sharing.guest-access-off", "PC-02 sharing.folders-restricted", "PC-02 sharing.guest-access-off"});
  // Alone it is told: a network share need not be a guest's.
  MailedOffice alone(1);
  alone.judge(alone.add("PC-03", jst("2026-11-24", 9)), kNow, {same});
  CHECK(alone.week().todos.size() == 1);
}

TEST_CASE("how late updates are is counted from the first missing fix, not from what is allowed") {
  // People.md section 5: 10月14日の分から入っていません（41日）, told on 24 November. Allowed are 14 days.
  MailedOffice office(1);
  const auto judged = finding("updates.security-installed", "updates", "missing-late",
                              {{"days", DayCount{14}}, {"since", compliance::Date{jst("2026-10-14", 15)}}});
  office.judge(office.add("PC-03", jst("2026-11-24", 9)), kNow, {judged});
  CHECK(weekly_text(office.week(), compliance::Language::ja).text.find("更新が41日遅れています。") != std::string::npos);
}

TEST_CASE("a PC at rest is told as resting, never as silent, fine or new; one in use all the same has its failures told") {
  MailedOffice office(3);
  const auto updates = finding("updates.security-installed", "updates", "missing-late", {{"days", DayCount{41}}});
  const auto rest = [&](Device device, Time since) {
    device.resting_since = since;
    device.resting_until = end_of_rest(std::chrono::sys_days{std::chrono::year{2026} / 12 / 31}, {});
    office.write([&] { REQUIRE(office.store->put_device(device)); });
    return device;
  };
  office.judge(office.add("PC-01", jst("2026-11-24", 9)), kMonday - platform::Days{3});
  const auto closet = rest(office.add("PC-05 予備", jst("2026-10-01", 9)), jst("2026-10-02", 9));
  office.judge(closet, kMonday - platform::Days{3}, {updates});
  const auto used = rest(office.add("PC-06", jst("2026-11-24", 9)), jst("2026-11-02", 9));
  office.judge(used, kMonday - platform::Days{3});
  auto week = office.week();
  CHECK(week.silent.empty());
  REQUIRE(week.resting.size() == 2);
  CHECK(week.todos.empty());
  CHECK(week.fail == 0);
  CHECK(week.other == 0);
  CHECK_FALSE(all_fine(week));
  for (const auto& rule : week.rules) {
    CHECK(rule.pass == 1);
    CHECK(rule.fail == 0);
    CHECK(rule.other == 2);
  }
  const auto mail = weekly_text(week, compliance::Language::ja);
  CHECK(mail.subject == "【Gokajo】休止中2台／全3台 11/24");
  CHECK(mail.text.find("2台を休ませています。\n残り1台に直すところは\n見つかりませんでした。\n") != std::string::npos);
  CHECK(mail.text.find("■休ませているPC\n　PC-05 予備（12月31日まで）\n") != std::string::npos);
  CHECK(mail.text.find("※他は、測れないもの、質問待ち、\n休ませているPCです。") != std::string::npos);
  office.judge(used, kNow, {updates});
  week = office.week();
  CHECK(week.resting.size() == 1);
  CHECK(week.fail == 1);
  REQUIRE(week.todos.size() == 1);
  CHECK(week.todos.front().labels == std::vector<std::string>{"PC-06"});
  CHECK(week.rules[0].fail == 1);
  CHECK(week.rules[1].pass == 1);  // its other rules do not pass
  // Mended within its rest it is not told as solved: it passes nothing.
  office.judge(used, kNow);
  CHECK(office.week().solved.empty());
}

TEST_CASE("what was mended on a PC at rest is no 解決, whether it reported since or not") {
  const auto updates = finding("updates.security-installed", "updates", "missing-late", {{"days", DayCount{41}}});
  const auto antivirus = finding("antivirus.active", "antivirus", "no-product");
  // One of two rules was mended within the week, so that it has something to do all the same and is spoken of.
  const auto solved = [&](std::optional<Time> resting_since, std::optional<Verdict> other) {
    MailedOffice office(1);
    auto device = office.add("PC-05 予備", jst("2026-11-24", 9));
    device.resting_since = resting_since;
    if (resting_since) device.resting_until = end_of_rest(std::chrono::sys_days{std::chrono::year{2026} / 12 / 31}, {});
    office.write([&] { REQUIRE(office.store->put_device(device)); });
    const std::vector<compliance::JudgedFinding> still =
        other == Verdict::fail ? std::vector{antivirus} : std::vector<compliance::JudgedFinding>{};
    auto both = still;
    both.push_back(updates);
    office.judge(device, kMonday - platform::Days{3}, both);
    office.judge(device, kMonday + platform::Days{1}, still);
    const auto week = office.week();
    const auto mail = weekly_text(week, compliance::Language::ja).text;
    const bool told = mail.find("解決") != std::string::npos || mail.find("更新が済みました") != std::string::npos;
    CHECK(told == !week.solved.empty());
    return week.solved.size();
  };
  const auto before_last_report = jst("2026-11-02", 9), after_last_report = jst("2026-11-24", 10);
  for (const auto other : {std::optional<Verdict>(), std::optional(Verdict::fail)}) {
    CHECK(solved(before_last_report, other) == 0);
    CHECK(solved(after_last_report, other) == 0);
    CHECK(solved(std::nullopt, other) == 1);  // control: the same PC in use
  }
}

TEST_CASE("an answer that ended or was taken back is a question again; a PC that never sent anything is not fine") {
  MailedOffice office(1);
  office.judge(office.add("PC-01", jst("2026-11-24", 9)), kNow);
  CHECK(all_fine(office.week()));
  office.answer("nas", kNow - platform::Days{367});
  CHECK(office.week().questions == std::vector<std::string>{"nas"});
  CHECK_FALSE(all_fine(office.week()));
  office.answer("nas", kNow, "fail");
  const auto open = office.week();
  CHECK_FALSE(all_fine(open));
  REQUIRE(open.todos.size() == 1);
  CHECK(open.todos.front().check == "question.nas");
  CHECK(weekly_text(open, compliance::Language::ja).text.find("NASが") != std::string::npos);
  office.answer("nas", kNow, "ask");
  CHECK(office.week().questions == std::vector<std::string>{"nas"});
  MailedOffice empty(1);
  empty.add("PC-01", jst("2026-11-24", 9));
  CHECK(empty.week().other == 1);
  CHECK_FALSE(all_fine(empty.week()));
}

TEST_CASE("the oldest of the feeds that are old stands for all, and proposals are the company's own") {
  MailedOffice office(1);
  office.add("PC-01", kNow);
  const auto none = *weekly_from(*office.store, {"yamada", kNow, kMonday});
  CHECK_FALSE(none.old_news);
  CHECK(none.proposals == 0);
  office.write([&] {
    auto& store = *office.store;
    REQUIRE(store.put_feed({"jpcert", "a", "", "", "", kNow - platform::Days{8}, kNow, "failed: x"}));
    REQUIRE(store.put_feed({"jvn", "a", "", "", "", kNow - platform::Days{20}, kNow, "timed_out: x"}));
    REQUIRE(store.put_feed({"jvndb", "a", "", "", "", kNow, kNow, ""}));
    Company other;
    other.id = "sato";
    REQUIRE(store.put_company(other));
    REQUIRE(store.put_company_briefing({"sato", "a", BriefingState::proposed, "2026-11", kNow, "", "", "", kNow, std::nullopt, ""}));
    REQUIRE(store.put_company_briefing({"yamada", "a", BriefingState::proposed, "2026-11", kNow, "", "", "", kNow, std::nullopt, ""}));
    REQUIRE(store.put_company_briefing({"yamada", "b", BriefingState::refused, "2026-10", kNow, "", "", "", kNow, kNow, ""}));
  });
  const auto week = *weekly_from(*office.store, {"yamada", kNow, kMonday});
  REQUIRE(week.old_news);
  CHECK(week.old_news->feeds == 2);
  CHECK(week.old_news->days == 20);
  CHECK(week.old_news->why == "timed_out");
  CHECK(week.proposals == 1);
}

TEST_CASE("a review that comes near and a GビズID whose end went by are told of, by the days people typed in") {
  MailedOffice office(1);
  const auto told = [&] {
    const auto week = weekly_from(*office.store, {"yamada", kNow, kMonday});
    REQUIRE(week);
    return week->declaring;
  };
  CHECK(told().empty());
  office.write([&] {
    REQUIRE(office.store->put_sheet({"yamada", "51234567890", 1, "2025-12-10", "2026-12-10", ""}));
    REQUIRE(say_step(*office.store, "yamada", DeclaringStep::gbizid, SaidDone{"田中", kMonday, *platform::parse_time("2026-11-20")}, "田中",
                     kMonday));
  });
  const auto days = told();
  REQUIRE(days.size() == 2);
  CHECK((days[0].of == DeclaringReminderOf::gbizid && days[0].over && days[0].day == "2026-11-20"));
  CHECK((days[1].of == DeclaringReminderOf::review && !days[1].over && days[1].day == "2026-12-10"));
}

TEST_CASE("people who read the briefing are counted over the PCs that report") {
  MailedOffice office(2);
  const auto read = finding("threats.briefing-read", "threats", "read", {{"count", Count{3}}, {"people", Count{4}}}, Verdict::pass);
  office.judge(office.add("PC-01", jst("2026-11-24", 9)), kNow, {read});
  office.judge(office.add("PC-02", jst("2026-11-02", 9)), kNow, {read});
  const auto week = office.week();
  REQUIRE(week.readers);
  CHECK(week.readers->read == 3);
  CHECK(week.readers->all == 4);
}

}  // namespace gokajo::tests
