// What only the PostgreSQL store has: row security, several hubs at once, days of reports, connections that break, the way from SQLite.
#include <future>

#include <SQLiteCpp/SQLiteCpp.h>

#include "hub/postgres/connection.h"
#include "hub/postgres/open.h"
#include "hub/sqlite_store.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using platform::ErrorKind, platform::Status;
using protocol::Position;

namespace {

#define ON_POSTGRES *doctest::skip(!Place::on_postgres())

void write(Store& store, const std::function<void(Store&)>& work) {
  REQUIRE(store.begin());
  work(store);
  const auto committed = store.commit();
  REQUIRE_MESSAGE(committed, (committed ? "" : committed.error().detail));
}

Company company(const std::string& id) {
  Company one;
  one.id = id;
  one.name = id;
  one.created = at(0);
  return one;
}

Device device(const std::string& name, const std::string& tenant = "yamada") {
  Device one;
  one.tenant = tenant;
  one.id = protocol::sha256_hex(name);
  one.label = name;
  one.standing = Standing::approved;
  one.enrolled = at(0);
  return one;
}

std::int64_t number(Connection& connection, const std::string& sql) {
  auto rows = connection.ask_text(sql);
  REQUIRE_MESSAGE(rows, (rows ? "" : rows.error().detail));
  return (*rows)[0].number(0);
}

// Everything that takes part in a store's answers of a company, as one text.
std::string told(Store& store, const std::string& tenant) {
  std::string all = store.company(tenant)->name;
  const auto devices = store.devices(tenant);
  for (const auto& one : *devices) {
    all += one.id + one.label + std::to_string(one.latest.seq) + store.memory(tenant, one.id).value();
    const auto findings = store.findings(tenant, one.id);
    for (const auto& finding : *findings) all += finding.check + platform::format_time(finding.since) + finding.form;
    const auto content = store.content(tenant, one.id, Store::Which::current);
    all += content->body + std::to_string(content->in_report);
    const auto marks = store.report_marks(tenant, one.id, at(-100), at(1000));
    for (const auto& mark : *marks) all += platform::format_time(mark.stored_at) + store.report(tenant, one.id, mark.position)->body;
  }
  const auto changes = store.changes(tenant, at(-100));
  for (const auto& one : *changes) all += one.kind + one.subject + one.before + one.after + platform::format_time(one.at);
  const auto counters = store.counters(tenant);
  for (const auto& [what, counts] : *counters)
    for (const auto& [verdict, count] : counts) all += what + verdict + std::to_string(count);
  const auto deeds = store.deeds_matching(tenant, {}, 0, 100);
  for (const auto& one : *deeds) all += one.what + one.after;
  return all;
}

}  // namespace

TEST_CASE("PostgreSQL: whoever names no company sees none, and who names one sees that one and writes for no other" ON_POSTGRES) {
  Office office;
  office.add_company("sato");
  auto connection = open_connection(office.place.where());
  REQUIRE(connection);
  const auto seen = [&](const std::string& scope) {
    (*connection)->within(scope);
    return number(**connection, "SELECT count(*) FROM companies");
  };
  CHECK(seen("") == 0);
  CHECK(seen("yamada") == 1);
  CHECK(seen("nobody") == 0);
  CHECK(seen(kWholeHub) == 2);
  CHECK(seen("") == 0);
  (*connection)->within("yamada");
  CHECK(number(**connection, "SELECT count(*) FROM companies WHERE tenant = 'sato'") == 0);
  CHECK((*connection)->ask_text("INSERT INTO counters VALUES ('sato', 'x', 'pass', 1)").error().kind == ErrorKind::denied);
  CHECK((*connection)->ask_text("UPDATE companies SET name = 'x'")->changed() == 1);
  // A deed of the hub itself belongs to no company, and so to nobody who names none.
  write(*office.store, [](Store& store) { REQUIRE(store.add_deed({"", at(0), "x", "x", "", "", ""})); });
  (*connection)->within("");
  CHECK(number(**connection, "SELECT count(*) FROM deeds") == 0);
  // Every table, also one that a later step adds.
  CHECK(
      number(
          **connection,
          "SELECT count(*) FROM pg_class WHERE relnamespace = 'gokajo'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity AND "
          "relname <> 'schema_step' AND NOT relispartition") == 0);
  CHECK_FALSE((*connection)->ask_text("SELECT * FROM report_bodies_kept"));
  CHECK_FALSE((*connection)->ask_text("ALTER TABLE companies DISABLE ROW LEVEL SECURITY"));
  CHECK_FALSE((*connection)->ask_text("SET ROLE gokajo_owner"));
}

TEST_CASE("PostgreSQL: the hub works as no role that row security does not bind, and with no password in its address" ON_POSTGRES) {
  const Place place;
  CHECK(open_store(place.owner()).error().kind == ErrorKind::denied);
  const auto with_password = open_store(place.where() + "&password=s3cret");
  CHECK(with_password.error().kind == ErrorKind::denied);
  CHECK(with_password.error().detail.find("s3cret") == std::string::npos);
  const auto unreadable = open_store("postgres://x:s3cret@[::1/gokajo");
  CHECK(unreadable.error().detail.find("s3cret") == std::string::npos);
}

TEST_CASE("PostgreSQL: reports of different PCs are stored side by side, everything else alone" ON_POSTGRES) {
  Office office;
  const auto a = device("a"), b = device("b");
  write(*office.store, [&](Store& store) {
    REQUIRE(store.put_device(a));
    REQUIRE(store.put_device(b));
  });
  const auto other = office.place.store();
  const std::vector<Awaited> of_a = {{a.id, {1, 1}}}, of_b = {{b.id, {1, 1}}};
  const auto waits = [&](const std::function<Status()>& begin) {
    auto begun = std::async(std::launch::async, begin);
    const bool waited = begun.wait_for(std::chrono::milliseconds{300}) == std::future_status::timeout;
    REQUIRE(office.store->commit());
    CHECK(begun.get());
    other->rollback();
    return waited;
  };
  REQUIRE(office.store->begin_reports(of_a));
  CHECK_FALSE(waits([&] { return other->begin_reports(of_b); }));
  REQUIRE(office.store->begin_reports(of_a));
  CHECK(waits([&] { return other->begin_reports(of_a); }));
  REQUIRE(office.store->begin_reports(of_a));
  CHECK(waits([&] { return other->begin(); }));
  REQUIRE(office.store->begin());
  CHECK(waits([&] { return other->begin_reports(of_b); }));
  REQUIRE(office.store->begin());
  CHECK(waits([&] { return other->begin(); }));
  // Whoever only reads waits for nobody.
  REQUIRE(office.store->begin());
  CHECK_FALSE(waits([&] { return other->begin_reading(); }));
}

TEST_CASE("PostgreSQL: counters stay right when two hubs move them at once" ON_POSTGRES) {
  Office office;
  const auto a = device("a"), b = device("b");
  write(*office.store, [&](Store& store) {
    REQUIRE(store.put_device(a));
    REQUIRE(store.put_device(b));
  });
  const auto other = office.place.store();
  const auto judged = [](Store& store, const Device& one, compliance::Verdict verdict, int when) {
    const std::vector<Awaited> reports = {{one.id, {1, when}}};
    REQUIRE(store.begin_reports(reports));
    store.expect(reports);
    REQUIRE(store.set_verdicts(one, {}, {{"updates", verdict}, {"sharing", verdict}}, at(when), {}));
    REQUIRE(store.written());
    REQUIRE(store.commit());
  };
  const auto many = [&](Store& store, const Device& one) {
    for (int i = 1; i <= 50; ++i) judged(store, one, i % 2 ? compliance::Verdict::pass : compliance::Verdict::fail, i);
  };
  auto beside = std::async(std::launch::async, [&] { many(*other, b); });
  many(*office.store, a);
  beside.get();
  const Counters expected = {{"device", {{"approved", 2}}}, {"sharing", {{"fail", 2}}}, {"updates", {{"fail", 2}}}, {"worst/", {{"0", 2}}}};
  CHECK(*office.store->counters("yamada") == expected);
}

TEST_CASE("PostgreSQL: what was gathered and could not be written is said before the commit, and nothing of it is there" ON_POSTGRES) {
  Office office;
  const auto a = device("a");
  write(*office.store, [&](Store& store) { REQUIRE(store.put_device(a)); });
  const StoredReport report{"yamada", a.id, {1, 1}, "", "x", at(0)};
  const std::vector<Awaited> reports = {{a.id, {1, 1}}};
  REQUIRE(office.store->begin_reports(reports));
  REQUIRE(office.store->add_report(report));
  REQUIRE(office.store->add_report(report));  // not waited for
  CHECK_FALSE(office.store->written());
  CHECK_FALSE(office.store->commit());
  office.store->rollback();
  CHECK(office.store->report("yamada", a.id, {1, 1}).error().kind == ErrorKind::not_found);
  // The server answers COMMIT without an error here.
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_company(company("sato")));
  CHECK_FALSE(office.store->put_membership({"sato", "nobody", Role::owner, at(0)}));
  CHECK_FALSE(office.store->commit());
  office.store->rollback();
  CHECK(office.store->company("sato").error().kind == ErrorKind::not_found);
}

TEST_CASE("PostgreSQL: a connection that broke is made anew, and what was open is not taken for written" ON_POSTGRES) {
  Office office;
  const auto broken = [&] { office.place.end_sessions(); };
  broken();
  write(*office.store, [](Store& store) { REQUIRE(store.put_company(company("sato"))); });
  broken();
  CHECK(office.store->company("sato"));
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_company(company("ito")));
  broken();
  CHECK_FALSE(office.store->put_company(company("kato")));
  CHECK_FALSE(office.store->company("sato"));
  CHECK_FALSE(office.store->commit());
  office.store->rollback();
  CHECK(office.store->company("ito").error().kind == ErrorKind::not_found);
  const auto queue = office.place.queue();
  CHECK(*queue->leads());
  const auto second = office.place.queue();
  CHECK_FALSE(*second->leads());
  Mail mail{0, "yamada", "a@hub", "x", "weekly", "", MailState::waiting, 0, at(0), at(0), std::nullopt};
  CHECK(*queue->add(mail));
  broken();
  CHECK(*second->leads());
  mail.message_id = "b@hub";
  CHECK_FALSE(queue->add(mail));  // another decides by now
  CHECK(*second->add(mail));
}

TEST_CASE("PostgreSQL: a day of reports goes with its table, but for the bodies that states rest on" ON_POSTGRES) {
  Office office;
  auto& store = *office.store;
  const auto a = device("a");
  constexpr int kDay = 86400;
  write(store, [&](Store&) {
    REQUIRE(store.put_device(a));
    for (int day = 0; day < 3; ++day)
      for (int i = 1; i <= 2; ++i) {
        const StoredReport report{"yamada", a.id, {1, day * 10 + i}, "", "body " + std::to_string(day * 10 + i), at(day * kDay)};
        REQUIRE(store.add_report(report));
        if (day == 0 && i == 2) REQUIRE(store.put_full_content(report, at(0)));
      }
  });
  auto owner = Connection::open(office.place.owner());
  const auto bodies = [&] { return number(**owner, "SELECT count(*) FROM report_bodies"); };
  CHECK(bodies() == 6);
  write(store, [&](Store&) { CHECK(*store.forget_before(at(2 * kDay), at(0), at(0), 100) == 3); });
  CHECK(bodies() == 3);
  CHECK(store.report("yamada", a.id, {1, 2})->body == "body 2");
  CHECK(store.content("yamada", a.id, Store::Which::full)->body == "body 2");
  CHECK(store.report("yamada", a.id, {1, 11}).error().kind == ErrorKind::not_found);
  CHECK(store.report("yamada", a.id, {1, 21})->body == "body 21");
  // Once nothing rests on it, it goes like any other.
  write(store, [&](Store&) { REQUIRE(store.put_full_content(*store.report("yamada", a.id, {1, 22}), at(0))); });
  write(store, [&](Store&) { CHECK(*store.forget_before(at(2 * kDay), at(0), at(0), 100) == 1); });
  CHECK(bodies() == 2);
}

TEST_CASE("PostgreSQL: both stores have the same tables and columns" ON_POSTGRES) {
  const Place place;
  const TemporaryDirectory directory;
  const auto path = directory.path() + "/hub.db";
  REQUIRE(open_sqlite_store(path));
  auto owner = Connection::open(place.owner());
  REQUIRE(owner);
  SQLite::Database sqlite(path, SQLite::OPEN_READONLY);
  SQLite::Statement columns(
      sqlite, "SELECT t.name, c.name, c.type, c.\"notnull\" FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'");
  int compared = 0;
  while (columns.executeStep()) {
    const auto table = columns.getColumn(0).getString(), column = columns.getColumn(1).getString(), type = columns.getColumn(2).getString();
    CAPTURE(table);
    CAPTURE(column);
    const auto wanted = type == "TEXT" ? "text" : type == "BLOB" ? "bytea" : "bigint";
    const auto where = table == "reports" && column == "body" ? "report_bodies" : table;
    CHECK(number(**owner, "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'gokajo' AND table_name = '" + where +
                              "' AND column_name = '" + column + "' AND data_type = '" + wanted + "'" +
                              (columns.getColumn(3).getInt() ? " AND is_nullable = 'NO'" : "")) == 1);
    ++compared;
  }
  CHECK(compared > 100);
}

TEST_CASE("PostgreSQL: what was in SQLite is there after the move, and a database in use is left alone" ON_POSTGRES) {
  const TemporaryDirectory directory;
  const auto path = directory.path() + "/hub.db";
  auto store = std::move(*open_sqlite_store(path));
  const Pc pc;
  auto one = device("PC-01 設計");
  one.host_name = std::string("a\0b\xFF", 4);
  one.latest = {1, 3};
  write(*store, [&](Store&) {
    REQUIRE(store->put_company(company("yamada")));
    REQUIRE(store->put_device(one));
    for (int i = 1; i <= 3; ++i) {
      const StoredReport report{"yamada", one.id, {1, i}, "", std::string("\x28\xb5\0", 3) + std::to_string(i), at(i * 100)};
      REQUIRE(store->add_report(report));
      REQUIRE(store->put_full_content(report, at(i)));
    }
    REQUIRE(store->put_memory("yamada", one.id, "{\"x\":\"設\"}"));
    REQUIRE(store->set_verdicts(one, {{"updates.os-supported", "updates", true, compliance::Verdict::fail, {}, "{\"a\":1}"}},
                                {{"updates", compliance::Verdict::fail}}, at(1), at(1)));
    for (int i = 0; i < 3; ++i) REQUIRE(store->add_deed({"yamada", at(0), "田中", "x", "", "", std::to_string(i)}));
  });
  auto queue = std::move(*open_sqlite_mail_queue(path));
  Mail mail{0, "yamada", "a@hub", "x", "weekly", "", MailState::waiting, 0, at(0), at(0), std::nullopt};
  REQUIRE(*queue->add(mail));
  const auto before = told(*store, "yamada");
  const Place place;
  const auto moved = move_to_postgres(path, place.owner());
  REQUIRE_MESSAGE(moved, (moved ? "" : moved.error().detail));
  CHECK(moved->at("reports") == 3);
  CHECK(moved->at("mails") == 1);
  const auto there = place.store();
  CHECK(told(*there, "yamada") == before);
  CHECK(there->device_by_id(one.id)->host_name == one.host_name);
  CHECK(told(*store, "yamada") == before);
  // It goes on: numbers that the database gives do not meet those that came along.
  mail.message_id = "b@hub";
  CHECK(*place.queue()->add(mail));
  write(*there, [](Store& s) { REQUIRE(s.add_deed({"yamada", at(0), "田中", "x", "", "", "3"})); });
  CHECK(there->deeds_matching("yamada", {}, 0, 9)->front().after == "3");
  const auto fingerprint = place.fingerprint();
  CHECK(move_to_postgres(path, place.owner()).error().kind == ErrorKind::denied);
  CHECK(place.fingerprint() == fingerprint);
}

}  // namespace gokajo::tests
