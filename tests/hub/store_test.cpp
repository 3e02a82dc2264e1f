#include "hub/store.h"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "hub/kept_content.h"
#include "hub/kept_finding.h"
#include "hub/mail_queue.h"
#include "hub/sqlite_store.h"
#include "protocol/report.h"
#include "tests/hub/place.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict, platform::ErrorKind;
using protocol::Position;

namespace {

Time at(std::int64_t seconds) { return Time{std::chrono::seconds{1'800'000'000 + seconds}}; }

// As on a full disk: a write beyond the first byte of a file fails.
struct NoFileGrows {
  rlimit before{};
  NoFileGrows() {
    std::signal(SIGXFSZ, SIG_IGN);
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const rlimit little{1, before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &little) == 0);
  }
  ~NoFileGrows() { setrlimit(RLIMIT_FSIZE, &before); }
};

struct Kept {
  Place place;
  std::unique_ptr<Store> store = place.store();
};

// A report as it travels.
std::string report_with(const std::string& device, Position position, platform::Json content) {
  protocol::Report report{device, position, at(0), "0.1.0", {"5kajo", "1"}, {}, false, {}, {}};
  report.content = std::move(content);
  return protocol::write_report(report);
}

// Runs `work` in a transaction of its own.
template <class Work>
void written(Store& store, const Work& work) {
  REQUIRE(store.begin());
  work();
  REQUIRE(store.commit());
}

Company company(const std::string& id) {
  Company company;
  company.id = id;
  company.name = "山田工務店";
  company.closed_days = {"2026-12-29", "2026-12-30"};
  company.stated_devices = 20;
  company.responsible = "田中";
  company.staff_told = at(0);
  company.created = at(0);
  company.confirmed = at(5);
  return company;
}

Device device(const std::string& tenant, const std::string& name, Standing standing = Standing::approved) {
  Device device;
  device.tenant = tenant;
  device.id = protocol::sha256_hex(name);
  device.key[0] = static_cast<std::uint8_t>(name[0]);
  device.label = name;
  device.standing = standing;
  device.enrolled = at(0);
  return device;
}

KeptFinding finding(const char* check, Verdict verdict) { return {check, "updates", true, verdict, {}, "{}"}; }

// What the counters must be, counted from the rows themselves.
Counters counted(Store& store, const std::string& tenant, bool silent = false) {
  Counters all;
  const auto devices = store.devices(tenant);
  for (const auto& one : *devices) {
    if (!silent) ++all["device"][boost::describe::enum_to_string(one.standing, "")];
    if (one.standing != Standing::approved || one.silent_at.has_value() != silent) continue;
    const auto rules = store.rules(tenant, one.id);
    for (const auto& [rule, verdict] : *rules) ++all[rule][boost::describe::enum_to_string(verdict, "")];
    if (silent) continue;
    const auto has = [&](Verdict wanted) {
      return std::any_of(rules->begin(), rules->end(), [&](const auto& rule) { return rule.second == wanted; });
    };
    ++all["worst/"][has(Verdict::fail) ? "0" : has(Verdict::unknown) || rules->empty() ? "1" : has(Verdict::ask) ? "2" : "3"];
  }
  return all;
}

}  // namespace

TEST_CASE("after a commit that failed the store takes the next transaction, without a rollback in between") {
  Kept kept;
  written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("yamada"))); });
  for (const bool reads : {false, true}) {
    REQUIRE((reads ? kept.store->begin_reading() : kept.store->begin()));
    if (!reads) REQUIRE(kept.store->put_company(company("sato")));
    if (Place::on_postgres()) {
      kept.place.end_sessions();
      CHECK_FALSE(kept.store->commit());
    } else if (!reads) {
      const NoFileGrows full;
      CHECK_FALSE(kept.store->commit());
    } else {
      CHECK(kept.store->commit());
    }
    CHECK(kept.store->company("sato").error().kind == ErrorKind::not_found);
    written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("yamada"))); });
  }
}

TEST_CASE("what is committed is there for whoever opens the file later; what is not, is not") {
  Kept kept;
  written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("yamada"))); });
  REQUIRE(kept.store->begin());
  REQUIRE(kept.store->put_company(company("sato")));
  kept.store->rollback();
  REQUIRE(kept.store->begin());
  REQUIRE(kept.store->put_company(company("ito")));
  kept.store = kept.place.store();  // gone without a commit
  const auto all = kept.store->companies();
  REQUIRE(all);
  REQUIRE(all->size() == 1);
  const auto& read = all->front();
  CHECK(read.name == "山田工務店");
  CHECK(read.closed_days == std::vector<std::string>{"2026-12-29", "2026-12-30"});
  CHECK(read.stated_devices == 20);
  CHECK(read.staff_told == at(0));
  CHECK(read.confirmed == at(5));
  CHECK(kept.store->company("sato").error().kind == ErrorKind::not_found);
}

TEST_CASE("the file is its owner's alone, and a newer one is left as it is") {
  Kept kept;
  const auto mode = std::filesystem::status(kept.place.where()).permissions();
  CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK(check_database(kept.place.where()));
}

TEST_CASE("a code gives as many devices as it has uses, and its number names it") {
  Kept kept;
  auto& store = *kept.store;
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    Code code{"yamada", 0, "hash one", CodeKind::install_day, 2, at(0), at(3600), std::nullopt};
    CHECK(*store.add_code(code) == 1);
    code.hash = "hash two";
    CHECK(*store.add_code(code) == 2);
    code = *store.code_by_hash("hash one");
    CHECK(store.use_code(code));
    CHECK(store.use_code(code));
    CHECK(store.use_code(code).error().kind == ErrorKind::not_found);
    CHECK(store.code_by_hash("hash one")->uses_left == 0);
    CHECK(store.code_by_hash("hash two")->uses_left == 2);
    CHECK(store.revoke_code("yamada", 2, at(5)));
    CHECK(store.codes("yamada")->at(1).revoked == at(5));
    CHECK_FALSE(store.revoke_code("sato", 2, at(5)));
    CHECK(store.code_by_hash("hash three").error().kind == ErrorKind::not_found);
  });
}

TEST_CASE("a report is there once, with the bytes that came") {
  Kept kept;
  auto& store = *kept.store;
  const std::string body("\x28\xb5\x2f\xfd\0\xff", 6);
  const auto pc = device("yamada", "PC-01");
  const StoredReport report{"yamada", pc.id, {1, 7}, protocol::sha256_hex(body), body, at(9)};
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    REQUIRE(store.put_device(pc));
    REQUIRE(store.add_report(report));
  });
  const auto read = store.report("yamada", pc.id, {1, 7});
  REQUIRE(read);
  CHECK(read->body == body);
  CHECK(read->stored_at == at(9));
  CHECK(store.report("yamada", pc.id, {2, 7}).error().kind == ErrorKind::not_found);
  CHECK(store.report("sato", pc.id, {1, 7}).error().kind == ErrorKind::not_found);
  REQUIRE(store.begin());
  CHECK(store.add_report(report).error().kind == ErrorKind::failed);
  CHECK(store.add_report({"yamada", protocol::sha256_hex("nobody"), {1, 1}, "", "x", at(9)}).error().kind == ErrorKind::failed);
  store.rollback();
}

TEST_CASE("a PC's reports are listed by when they were stored, in the order of their numbers, with what each said of itself") {
  Kept kept;
  auto& store = *kept.store;
  const auto pc = device("yamada", "PC-01"), other = device("yamada", "PC-02");
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    for (const auto& one : {pc, other}) REQUIRE(store.put_device(one));
    REQUIRE(store.add_report({"yamada", pc.id, {1, 9}, "", "x", at(10), at(2), 3}));
    REQUIRE(store.add_report({"yamada", pc.id, {1, 7}, "", "x", at(20), at(1), 0}));
    REQUIRE(store.add_report({"yamada", pc.id, {1, 10}, "", "x", at(30), std::nullopt, std::nullopt}));
    REQUIRE(store.add_report({"yamada", other.id, {1, 1}, "", "x", at(20), at(20), 0}));
  });
  const auto marks = store.report_marks("yamada", pc.id, at(10), at(30));
  REQUIRE(marks);
  REQUIRE(marks->size() == 2);
  CHECK(marks->at(0).position == Position{1, 7});
  CHECK(marks->at(0).stored_at == at(20));
  CHECK(marks->at(1).scanned_at == at(2));
  CHECK(marks->at(1).discarded == 3);
  const auto all = store.report_marks("yamada", pc.id, at(0), at(31));
  REQUIRE(all->size() == 3);
  CHECK_FALSE(all->back().scanned_at);
  CHECK_FALSE(all->back().discarded);
}

TEST_CASE("a file of the hub's first step is brought up to date, and what it held is there without what it did not know") {
  const TemporaryDirectory directory;
  const auto path = directory.path() + "/hub.db";
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/hub/data/schema.sql").rdbuf();
  const auto schema = text.str();
  const auto first = schema.find("-- step 1\n"), second = schema.find("-- step 2\n");
  REQUIRE(second != std::string::npos);
  {
    SQLite::Database old(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(schema.substr(first, second - first));
    old.exec("PRAGMA user_version=1");
    const auto policy = platform::to_form(Company().policy).dump();
    old.exec("INSERT INTO companies VALUES ('yamada', '山田工務店', '5kajo', '" + policy +
             "', 540, 20, '[]', '田中', NULL, '山田', 'yamada@example.jp', '田中', 'daily', 1800000000, 1)");
    old.exec(
        "INSERT INTO devices VALUES ('yamada', 'aa', zeroblob(32), 'PC-01', 'pc01', '0.1.0', 'approved', 1, 1, 1, 1, 1, '', 0, 0, "
        "1800000000, 1800000001, 1800000000, NULL)");
    old.exec("INSERT INTO reports VALUES ('yamada', 'aa', 1, 1, 'sha', X'626f6479', 1800000001)");
    old.exec("INSERT INTO changes VALUES ('yamada', 1800000001, 'aa', 'rule', 'updates', 'pass', 'fail')");
  }
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  auto opened = open_sqlite_store(path);
  REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().detail));
  auto& store = **opened;
  const auto company = store.company("yamada");
  REQUIRE_MESSAGE(company, (company ? "" : company.error().detail));
  CHECK(company->owner_name == "山田");
  const auto pc = store.device_by_id("aa");
  REQUIRE_MESSAGE(pc, (pc ? "" : pc.error().detail));
  CHECK(pc->label == "PC-01");
  const auto marks = store.report_marks("yamada", "aa", at(0), at(10));
  REQUIRE(marks->size() == 1);
  CHECK_FALSE(marks->front().scanned_at);
  CHECK_FALSE(marks->front().discarded);
  CHECK(store.report("yamada", "aa", {1, 1})->body == "body");
  REQUIRE(store.changes("yamada", at(0))->size() == 1);
  CHECK_FALSE(store.changes("yamada", at(0))->front().seen_at);
}

TEST_CASE("what a file of before had judged is counted with its next opening: what is to be done, excepted, asked, and by each check") {
  const TemporaryDirectory directory;
  const auto path = directory.path() + "/hub.db";
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/hub/data/schema.sql").rdbuf();
  const auto schema = text.str();
  const auto eighth = schema.find("-- step 8\n");
  REQUIRE(eighth != std::string::npos);
  {
    SQLite::Database old(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(schema.substr(0, eighth));
    old.exec("PRAGMA user_version=7");
    old.exec("INSERT INTO companies VALUES ('yamada', '山田工務店', '5kajo', '" + platform::to_form(Company().policy).dump() +
             "', 540, 20, '[]', '田中', NULL, '山田', 'yamada@example.jp', '田中', 'daily', 1800000000, 1, NULL)");
    const auto add = [&](const std::string& id, const char* label, const char* standing, const char* verdict, const std::string& form) {
      old.exec(
          "INSERT INTO devices (tenant, device, public_key, label, host_name, agent_version, standing, epoch, current_epoch, "
          "current_seq, latest_epoch, latest_seq, code_hash, clock_ahead_s, discarded, enrolled) VALUES ('yamada', '" +
          id + "', zeroblob(32), '" + label + "', 'host', '0.1.0', '" + standing + "', 1, 1, 1, 1, 1, '', 0, 0, 1800000000)");
      if (!*verdict) return;
      old.exec("INSERT INTO findings VALUES ('yamada', '" + id + "', 0, 'updates.os-supported', 'updates', 1, '" + verdict +
               "', 1800000000)");
      old.exec("INSERT INTO finding_forms VALUES ('yamada', '" + id + "', '[" + form + "]')");
      for (const char* rule : {"updates", "passwords"})
        old.exec("INSERT INTO rules VALUES ('yamada', '" + id + "', '" + rule + "', '" + verdict + "')");
    };
    const std::string ended = R"({"finding":{"check":"updates.os-supported","situation":"ended"})";
    add("late", "PC-02", "approved", "fail", ended + "}");
    add("excepted", "", "approved", "fail", ended + R"(,"exception":{"reason":"x"}})");
    add("asked", "PC-03", "approved", "ask", ended + "}");
    add("fine", "PC-04", "approved", "pass", ended + "}");
    add("never", "PC-05", "approved", "", "");
    add("waiting", "PC-06", "waiting", "fail", ended + "}");
    // As the hub of that step kept it.
    old.exec(
        "UPDATE devices SET worst = coalesce((SELECT min(CASE verdict WHEN 'fail' THEN 0 WHEN 'unknown' THEN 1 WHEN 'ask' THEN 2 ELSE 3 "
        "END) "
        "FROM rules WHERE rules.device = devices.device), 1)");
  }
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  auto opened = open_sqlite_store(path);
  REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().detail));
  auto& store = **opened;
  CHECK(*store.state_counts("yamada") ==
        std::map<std::string, std::int64_t>{{"to_do", 1}, {"open", 2}, {"ask passwords updates", 1}, {"fine", 1}});
  CHECK(store.check_counts("yamada")->at("updates.os-supported") ==
        std::map<Verdict, std::int64_t>{{Verdict::fail, 2}, {Verdict::ask, 1}, {Verdict::pass, 1}});
  CHECK(store.counters("yamada")->at("worst/") == std::map<std::string, std::int64_t>{{"0", 2}, {"1", 1}, {"2", 1}, {"3", 1}});
  const auto causes = store.causes("yamada", {});
  REQUIRE(causes);
  REQUIRE(causes->size() == 1);
  CHECK(causes->front().situation == "ended");
  CHECK(causes->front().pcs == 1);
  DeviceFilter failing;
  failing.rule = "passwords";
  failing.verdicts = {Verdict::fail};
  CHECK(*store.count_devices("yamada", failing) == 3);  // the waiting one, too
  failing.verdicts = {Verdict::unknown};
  CHECK(*store.count_devices("yamada", failing) == 1);  // never judged
  const auto first = store.devices_behind("yamada", nullptr, 1);
  REQUIRE(first->size() == 1);
  CHECK(first->front().device.label == "PC-02");
  CHECK(store.devices_behind("yamada", nullptr, 9)->back().device.id == "excepted");  // it goes by its host's name
}

TEST_CASE("counters are what counting would give, through every change of standing and verdict") {
  Kept kept;
  auto& store = *kept.store;
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    REQUIRE(store.put_company(company("sato")));
  });
  std::uint32_t drawn = 1;
  int ever_silent = 0;
  const auto draw = [&](std::uint32_t below) { return (drawn = drawn * 1664525U + 1013904223U) / 65536U % below; };
  for (int i = 0; i < 300; ++i) {
    auto pc = device(draw(2) == 0 ? "yamada" : "sato", std::string(1, static_cast<char>('A' + draw(6))),
                     draw(3) == 0   ? Standing::removed
                     : draw(2) == 0 ? Standing::waiting
                                    : Standing::approved);
    pc.last_receipt = at(static_cast<std::int64_t>(draw(8) / 7));
    const auto verdict = static_cast<Verdict>(draw(5));
    written(store, [&] {
      const auto other = store.device_by_id(pc.id);
      if (other && other->standing != Standing::removed) pc.tenant = other->tenant;
      REQUIRE(store.put_device(pc));
      auto found = finding("updates.os-supported", verdict);
      if (verdict == Verdict::fail) found.to_do = static_cast<ToDo>(draw(5));
      found.situation = draw(2) == 0 ? "ended" : "a/b";
      if (draw(2) == 0) REQUIRE(store.set_verdicts(pc, {found}, {{"updates", verdict}}, at(i), {}));
    });
    if (draw(9) == 0) {
      const auto to = device(pc.tenant, std::string(1, static_cast<char>('A' + draw(6))));
      const auto there = store.device_by_id(to.id);
      if (there && there->tenant == pc.tenant) written(store, [&] { REQUIRE(store.inherit_findings(pc.tenant, pc.id, to.id)); });
    }
    if (draw(20) == 0 && store.device_by_id(pc.id)) written(store, [&] { (void)store.erase_device(pc.tenant, pc.id, {}, "…"); });
    // Who is put down as silent stays so through verdicts, and not through a report, another standing, or another calendar.
    const auto marked = draw(5);
    written(store, [&] {
      if (marked == 0)
        REQUIRE(
            store.mark_silent("yamada", {protocol::sha256_hex("A"), protocol::sha256_hex("C"), protocol::sha256_hex("E"), "none"}, at(i)));
      if (marked == 1) REQUIRE(store.mark_silent("sato", {protocol::sha256_hex("B"), protocol::sha256_hex("C")}, at(i)));
      if (marked == 2) REQUIRE(store.end_marks("yamada", at(i - 3)));
      if (draw(25) == 0) {
        auto other = company("sato");
        other.closed_days = {draw(2) == 0 ? "2026-12-29" : "2026-12-30"};
        REQUIRE(store.put_company(other));
      }
    });
    for (const auto* tenant : {"yamada", "sato"}) {
      REQUIRE(*store.counters(tenant) == counted(store, tenant));
      REQUIRE(*store.silent_counters(tenant) == counted(store, tenant, true));
      std::map<std::string, std::int64_t> states;
      CheckCounts checks, silent_checks;
      std::map<std::string, std::int64_t> to_do;
      std::set<std::string> silent;
      const auto devices = *store.devices(tenant);
      for (const auto& one : devices) {
        REQUIRE((!one.silent_at || one.standing == Standing::approved));
        if (one.standing != Standing::approved) continue;
        const auto findings = *store.findings(tenant, one.id);
        if (one.silent_at)
          silent.insert(one.id);
        else
          ++states[pc_state(findings, *store.rules(tenant, one.id))];
        for (const auto& found : findings)
          if (!one.silent_at && found.to_do == ToDo::now) ++to_do[found.check + " " + found.situation];
        for (const auto& found : findings) ++(one.silent_at ? silent_checks : checks)[found.check][found.verdict];
        std::map<std::string, Verdict> listed;
        const auto rules = *store.rules_of(tenant, {one.id});
        for (const auto& rule : rules) listed.emplace(rule.rule, rule.verdict);
        REQUIRE(listed == *store.rules(tenant, one.id));
        const auto state = *store.states_of(tenant, {one.id});
        REQUIRE(state.front() == pc_state(findings, *store.rules(tenant, one.id)));
      }
      REQUIRE(*store.state_counts(tenant) == states);
      REQUIRE(*store.check_counts(tenant) == checks);
      REQUIRE(*store.silent_check_counts(tenant) == silent_checks);
      std::map<std::string, std::int64_t> told;
      const auto causes = *store.causes(tenant, {});
      for (const auto& cause : causes) told[cause.check + " " + cause.situation] = cause.pcs;
      REQUIRE(told == to_do);
      std::set<std::string> found;
      const auto marks = *store.marked_silent(tenant);
      for (const auto& one : marks) found.insert(one.device);
      REQUIRE(found == silent);
      ever_silent += static_cast<int>(silent.size());
    }
  }
  CHECK(ever_silent > 50);
}

TEST_CASE("a verdict keeps its first day while it stays; what becomes another is logged once") {
  Kept kept;
  auto& store = *kept.store;
  const auto pc = device("yamada", "PC-01");
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    REQUIRE(store.put_device(pc));
    const auto judged = [&](Verdict verdict, int when, std::optional<Time> seen_at) {
      REQUIRE(store.set_verdicts(pc, {finding("updates.os-supported", verdict)}, {{"updates", verdict}}, at(when), seen_at));
    };
    judged(Verdict::pass, 1, std::nullopt);
    judged(Verdict::pass, 2, at(2));
    judged(Verdict::fail, 3, at(-500));
    judged(Verdict::fail, 4, at(4));
  });
  CHECK(store.findings("yamada", pc.id)->front().since == at(3));
  const auto changes = store.changes("yamada", at(0));
  REQUIRE(changes);
  REQUIRE(changes->size() == 4);  // check and rule, twice
  CHECK(changes->at(2).kind == "check");
  CHECK(changes->at(2).before == "pass");
  CHECK(changes->at(2).after == "fail");
  CHECK(changes->at(2).at == at(3));
  // The PC's own time of the scan goes along, however old; where no scan showed it, there is none.
  CHECK(changes->at(2).seen_at == at(-500));
  CHECK(changes->at(3).seen_at == at(-500));
  CHECK_FALSE(changes->at(0).seen_at);
  CHECK(store.changes("yamada", at(4))->empty());
  CHECK(store.changes("sato", at(0))->empty());
  CHECK(store.rule_changes("yamada", at(0), 10)->size() == 2);
  CHECK(store.rule_changes("sato", at(0), 10)->empty());
}

TEST_CASE("changes of rules are read of those PCs whose newest they are, all of each, the oldest first") {
  Kept kept;
  auto& store = *kept.store;
  const auto first = device("yamada", "PC-01"), second = device("yamada", "PC-02"), third = device("yamada", "PC-03");
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    for (const auto& pc : {first, second, third}) REQUIRE(store.put_device(pc));
    const auto changed = [&](const Device& pc, int when, const std::string& kind, const char* before, const char* after) {
      REQUIRE(store.add_change({"yamada", at(when), pc.id, kind, "updates", before, after, std::nullopt}));
    };
    changed(first, 1, "rule", "pass", "fail");
    changed(second, 2, "rule", "pass", "fail");
    changed(first, 3, "rule", "fail", "unknown");
    changed(second, 3, "check", "fail", "pass");
    changed(first, 3, "rule", "unknown", "fail");  // in the same second: later, for it was written later
    changed(third, 4, "rule", "fail", "pass");
    changed(third, 6, "rule", "pass", "ask");
  });
  const auto seen = [&](int since, std::int64_t newest) {
    std::string text;
    const auto changes = store.rule_changes("yamada", at(since), newest);
    REQUIRE(changes);
    for (const auto& one : *changes) {
      CHECK(one.kind == "rule");
      for (int when = 0; when < 7; ++when)
        if (one.at == at(when)) text += (one.device == first.id ? "a" : one.device == second.id ? "b" : "c") + std::to_string(when) + " ";
    }
    return text;
  };
  CHECK(seen(0, 0).empty());
  CHECK(seen(0, 1) == "a1 a3 a3 c4 c6 ");  // the newest to "fail" is of the first, that from it of the third
  CHECK(seen(0, 2) == "a1 b2 a3 a3 c4 c6 ");
  CHECK(seen(3, 100) == "a3 a3 c4 c6 ");
  CHECK(seen(4, 100) == "c4 c6 ");
  CHECK(seen(5, 100).empty());
  // One that is marked as silent stands in nobody's way.
  written(store, [&] { REQUIRE(store.mark_silent("yamada", {third.id}, at(7))); });
  CHECK(seen(0, 1) == "a1 a3 a3 ");
  CHECK(seen(0, 2) == "a1 b2 a3 a3 ");
}

TEST_CASE("contents and memory are one each, and come back as they were") {
  Kept kept;
  auto& store = *kept.store;
  const auto pc = device("yamada", "PC-01");
  const auto full = [&](std::int64_t seq, int value) {
    const StoredReport report{"yamada", pc.id, {1, seq}, "", report_with(pc.id, {1, seq}, {{"a", value}}), at(value)};
    REQUIRE(store.add_report(report));
    REQUIRE(store.put_full_content(report, at(1)));
  };
  const auto a = [&](Store::Which which) { return (*content_of(*store.content("yamada", pc.id, which)))["a"].get<int>(); };
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    REQUIRE(store.put_device(pc));
    full(1, 1);
    full(2, 2);
    REQUIRE(store.put_memory("yamada", pc.id, "{}"));
  });
  const auto base = store.content("yamada", pc.id, Store::Which::full);
  REQUIRE(base);
  CHECK(*content_of(*base) == platform::Json{{"a", 2}});
  CHECK(base->position == Position{1, 2});
  CHECK(base->scanned_at == at(1));
  CHECK(base->received_at == at(2));
  // A full one is the current one, until another is put; and again when the next full one comes.
  CHECK(a(Store::Which::current) == 2);
  written(store, [&] {
    REQUIRE(store.add_report({"yamada", pc.id, {1, 3}, "", "x", at(3)}));
    REQUIRE(store.put_content("yamada", pc.id, keep_content({1, 3}, {{"a", 3}}, at(5), at(6))));
  });
  CHECK(a(Store::Which::current) == 3);
  CHECK(a(Store::Which::full) == 2);
  written(store, [&] { full(4, 4); });
  CHECK(a(Store::Which::current) == 4);
  CHECK(store.content("yamada", "nobody", Store::Which::current).error().kind == ErrorKind::not_found);
  CHECK(*store.memory("yamada", pc.id) == "{}");
  // Of many at once: one that was made, one in its report, one of whom nothing came.
  const auto other = device("yamada", "PC-02");
  written(store, [&] {
    REQUIRE(store.put_device(other));
    REQUIRE(store.add_report({"yamada", other.id, {1, 1}, "", "x", at(7)}));
    REQUIRE(store.put_content("yamada", other.id, keep_content({1, 1}, {{"a", 7}}, at(5), at(7))));
  });
  const auto all = store.contents("yamada", {other.id, "nobody", pc.id}, Store::Which::current);
  REQUIRE(all);
  CHECK(all->size() == 2);
  CHECK(*content_of(all->at(pc.id)) == platform::Json{{"a", 4}});
  CHECK(all->at(pc.id).position == Position{1, 4});
  CHECK(*content_of(all->at(other.id)) == platform::Json{{"a", 7}});
  CHECK(store.contents("sato", {other.id, pc.id}, Store::Which::current)->empty());
  CHECK(store.contents("yamada", {}, Store::Which::current)->empty());
}

TEST_CASE("what a state rests on outlives the days of reports") {
  Kept kept;
  auto& store = *kept.store;
  const auto pc = device("yamada", "PC-01");
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    REQUIRE(store.put_device(pc));
    for (int i = 1; i <= 5; ++i) {
      const StoredReport report{"yamada", pc.id, {1, i}, "", report_with(pc.id, {1, i}, {{"a", i}}), at(i)};
      REQUIRE(store.add_report(report));
      if (i == 2) REQUIRE(store.put_full_content(report, at(i)));
      if (i == 4) REQUIRE(store.put_content("yamada", pc.id, keep_content({1, i}, {{"a", i}}, at(i), at(i))));
    }
  });
  written(store, [&] { CHECK(*store.forget_before(at(100), at(0), at(0), 100) == 3); });
  CHECK((*content_of(*store.content("yamada", pc.id, Store::Which::full)))["a"] == 2);
  CHECK((*content_of(*store.content("yamada", pc.id, Store::Which::current)))["a"] == 4);
  CHECK_FALSE(store.report("yamada", pc.id, {1, 3}));

  // Of a PC that was removed everything goes with the same days.
  auto removed = pc;
  removed.standing = Standing::removed;
  written(store, [&] {
    REQUIRE(store.set_verdicts(pc, {finding("updates.os-supported", Verdict::pass)}, {{"updates", Verdict::pass}}, at(4), at(4)));
    REQUIRE(store.put_memory("yamada", pc.id, "{}"));
    REQUIRE(store.put_device(removed));
  });
  written(store, [&] { CHECK(*store.forget_before(at(2), at(0), at(0), 100) == 0); });
  written(store, [&] {
    while (*store.forget_before(at(100), at(0), at(0), 1) > 0) {
    }
  });
  CHECK_FALSE(store.content("yamada", pc.id, Store::Which::current));
  CHECK_FALSE(store.report("yamada", pc.id, {1, 2}));
  CHECK_FALSE(store.report("yamada", pc.id, {1, 5}));
  CHECK(store.findings("yamada", pc.id)->empty());
  CHECK(store.rules("yamada", pc.id)->empty());
  CHECK_FALSE(store.memory("yamada", pc.id));
  CHECK(store.device_by_id(pc.id)->standing == Standing::removed);
}

TEST_CASE("reports go after their days, and so do changes and ended codes, in small steps") {
  Kept kept;
  auto& store = *kept.store;
  const auto pc = device("yamada", "PC-01");
  written(store, [&] {
    REQUIRE(store.put_company(company("yamada")));
    REQUIRE(store.put_device(pc));
    for (int i = 1; i <= 10; ++i) REQUIRE(store.add_report({"yamada", pc.id, {1, i}, "", "x", at(i)}));
    REQUIRE(store.add_change({"yamada", at(1), pc.id, "device", pc.id, "", "approved"}));
    REQUIRE(store.add_code({"yamada", 0, "hash", CodeKind::one_time, 1, at(0), at(1), std::nullopt}));
  });
  written(store, [&] { CHECK(*store.forget_before(at(6), at(1), at(1), 3) == 3); });
  written(store, [&] { CHECK(*store.forget_before(at(6), at(2), at(2), 3) == 4); });
  written(store, [&] { CHECK(*store.forget_before(at(6), at(2), at(2), 3) == 0); });
  CHECK_FALSE(store.report("yamada", pc.id, {1, 5}));
  CHECK(store.report("yamada", pc.id, {1, 6}));
  CHECK(store.changes("yamada", at(0))->empty());
  CHECK(store.codes("yamada")->empty());
}

TEST_CASE("a backup is the whole of one moment, sound, and never over another file") {
  Kept kept;
  written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("yamada"))); });
  const TemporaryDirectory directory;
  const auto copy = directory.path() + "/copy.db";
  REQUIRE(kept.store->begin());
  REQUIRE(kept.store->put_company(company("sato")));
  REQUIRE(back_up_database(kept.place.where(), copy));  // while another writes
  REQUIRE(kept.store->commit());
  REQUIRE(check_database(copy));
  auto copied = open_sqlite_store(copy);
  REQUIRE(copied);
  CHECK((*copied)->companies()->size() == 1);
  CHECK(back_up_database(kept.place.where(), copy).error().kind == ErrorKind::denied);
  CHECK(std::filesystem::status(copy).permissions() == std::filesystem::status(kept.place.where()).permissions());
}

TEST_CASE("a mail is queued once and stays until it is sent or given up") {
  Kept kept;
  written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("yamada"))); });
  const auto opened = kept.place.queue();
  auto& queue = *opened;
  Mail mail{0, "yamada", "2026-w48@hub", "owner@example.jp", "weekly", "Subject: x\r\n\r\n", MailState::waiting,
            0, at(5),    at(1),          std::nullopt};
  CHECK(*queue.add(mail));
  CHECK_FALSE(*queue.add(mail));
  CHECK(queue.due(at(4), 10)->empty());
  REQUIRE(queue.due(at(5), 10)->size() == 1);
  const auto id = queue.due(at(5), 10)->front().id;
  CHECK(queue.mark_failed(id, at(8)));
  CHECK(queue.due(at(7), 10)->empty());
  CHECK(queue.due(at(8), 10)->front().tries == 1);
  CHECK(queue.mark_sent(id, at(9)));
  CHECK_FALSE(queue.mark_sent(id, at(9)));
  CHECK(queue.due(at(99), 10)->empty());
  CHECK(queue.newest("yamada", 1)->front().sent == at(9));
  mail.message_id = "2026-w49@hub";
  CHECK(*queue.add(mail));
  CHECK(queue.mark_failed(queue.due(at(9), 1)->front().id, std::nullopt));
  CHECK(queue.newest("yamada", 1)->front().state == MailState::given_up);
  mail.tenant = "nobody";
  CHECK_FALSE(queue.add(mail));
}

TEST_CASE("the text of a mail that lets somebody in is kept until it is sent or given up, and no longer") {
  Kept kept;
  written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("yamada"))); });
  const auto queue = kept.place.queue();
  const auto add = [&](const char* id, const char* kind) {
    REQUIRE(*queue->add({0, "yamada", id, "tanaka@example.jp", kind, "https://hub.example.jp/enter?key=abc", MailState::waiting, 0, at(1),
                         at(1), std::nullopt}));
    return queue->newest("yamada", 1)->front().id;
  };
  const auto text_of = [&](std::int64_t id) {
    const auto all = queue->newest("yamada", 10);
    return std::find_if(all->begin(), all->end(), [&](const Mail& mail) { return mail.id == id; })->body;
  };
  const auto sent = add("1@hub", "link"), given_up = add("2@hub", "link"), weekly = add("3@hub", "weekly");
  CHECK(queue->mark_failed(given_up, at(5)));
  CHECK(text_of(given_up) != "");  // it is tried again
  CHECK(queue->mark_failed(given_up, std::nullopt));
  CHECK(queue->mark_sent(sent, at(6)));
  CHECK(queue->mark_sent(weekly, at(6)));
  CHECK(text_of(given_up) == "");
  CHECK(text_of(sent) == "");
  CHECK(text_of(weekly) != "");
}

TEST_CASE("a second connection of this process, opened and closed, leaves what is written to the first") {
  Kept kept;
  written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("yamada"))); });
  {
    REQUIRE(kept.place.queue());
  }
  const auto queue = kept.place.queue();
  // Another program comes and goes: were our locks gone, it would take itself for the last and throw the log of writes away.
  const auto count = [&] {
    const auto command =
        "python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(\"select count(*) from companies\").fetchone()[0])' " +
        kept.place.where();
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    char line[16] = "";
    CHECK(fgets(line, sizeof(line), pipe));
    pclose(pipe);
    return std::atoi(line);
  };
  CHECK(count() == 1);
  written(*kept.store, [&] { REQUIRE(kept.store->put_company(company("tanaka"))); });
  CHECK(count() == 2);
}

}  // namespace gokajo::tests
