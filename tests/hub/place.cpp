#include "tests/hub/place.h"

#include <fstream>
#include <set>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "platform/places.h"
#include "protocol/device_key.h"
#ifdef GOKAJO_WITH_POSTGRES
#include "hub/postgres/connection.h"
#include "hub/postgres/open.h"
#endif

namespace gokajo::tests {

using namespace hub;

namespace {

constexpr const char* kFolder = "GOKAJO_TEST_POSTGRES";

#ifdef GOKAJO_WITH_POSTGRES
std::string url(const std::string& database, const std::string& user) {
  return "postgres:///" + database + "?host=" + platform::environment(kFolder).value_or("") + "&user=" + user;
}

void run_at(const std::string& where, const std::string& sql) {
  auto connection = Connection::open(where);
  REQUIRE_MESSAGE(connection, (connection ? "" : connection.error().detail));
  const auto done = (*connection)->run_script(sql);
  REQUIRE_MESSAGE(done, (done ? "" : done.error().detail));
}

std::vector<std::string> words(Connection& connection, const std::string& sql) {
  auto rows = connection.ask_text(sql);
  REQUIRE_MESSAGE(rows, (rows ? "" : rows.error().detail));
  std::vector<std::string> found;
  for (int i = 0; i < rows->size(); ++i) found.push_back((*rows)[i].text(0));
  return found;
}

// Numbers of databases that were made, and of those that are in use.
std::set<int>& made() {
  static std::set<int> numbers;
  return numbers;
}
std::set<int>& used() {
  static std::set<int> numbers;
  return numbers;
}

// As the server's superuser, for whom neither row security nor references count.
constexpr const char* kEmpty =
    "SET session_replication_role = replica; DO $$ DECLARE one record; BEGIN FOR one IN SELECT relname FROM pg_class WHERE relnamespace = "
    "'gokajo'::regnamespace AND relkind = 'r' AND relname <> 'schema_step' LOOP EXECUTE format('DELETE FROM gokajo.%I', one.relname); END "
    "LOOP; END $$";
#endif

}  // namespace

bool Place::on_postgres() { return platform::environment(kFolder).has_value(); }

#ifdef GOKAJO_WITH_POSTGRES
Place::Place() : where_(directory_.path() + "/hub.db") {
  if (!on_postgres()) return;
  for (number_ = 1; used().contains(number_);) ++number_;
  const auto name = "gokajo_test_" + std::to_string(number_);
  where_ = url(name, "gokajo_hub");
  owner_ = url(name, "gokajo_owner");
  if (made().insert(number_).second) {
    run_at(url("postgres", "postgres"), "DROP DATABASE IF EXISTS " + name);
    run_at(url("postgres", "postgres"), "CREATE DATABASE " + name + " OWNER gokajo_owner TEMPLATE template0 ENCODING 'UTF8'");
    const auto prepared = prepare_postgres(owner_);
    REQUIRE_MESSAGE(prepared, (prepared ? "" : prepared.error().detail));
  } else {
    run_at(url(name, "postgres"), kEmpty);
  }
  used().insert(number_);
}

Place::~Place() { used().erase(number_); }

void Place::end_sessions() const {
  run_at(url("gokajo_test_" + std::to_string(number_), "postgres"),
         "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'gokajo_hub'");
}
#else
Place::Place() : where_(directory_.path() + "/hub.db") { REQUIRE_FALSE(on_postgres()); }
Place::~Place() = default;
#endif

std::unique_ptr<Store> Place::store() const {
  auto opened = open_store(where_);
  REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().detail));
  return std::move(*opened);
}

std::unique_ptr<MailQueue> Place::queue() const {
  auto opened = open_mail_queue(where_);
  REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().detail));
  return std::move(*opened);
}

void Place::run(const std::string& sqlite, [[maybe_unused]] const std::string& postgres) const {
#ifdef GOKAJO_WITH_POSTGRES
  if (on_postgres()) return run_at(owner_, postgres);
#endif
  SQLite::Database(where_, SQLite::OPEN_READWRITE, 5000).exec(sqlite);
}

std::vector<std::string> Place::rows() const {
  std::vector<std::string> all;
#ifdef GOKAJO_WITH_POSTGRES
  if (on_postgres()) {
    auto connection = Connection::open(owner_);
    REQUIRE(connection);
    for (const auto& table : words(**connection,
                                   "SELECT relname::text FROM pg_class WHERE relnamespace = 'gokajo'::regnamespace AND "
                                   "relkind = 'r' AND relname <> 'schema_step' ORDER BY relname"))
      for (const auto& row : words(**connection, "SELECT t::text FROM gokajo." + table + " t ORDER BY 1"))
        all.push_back(table + "\x1f" + row);
    return all;
  }
#endif
  SQLite::Database database(where_, SQLite::OPEN_READONLY, 5000);
  SQLite::Statement tables(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (tables.executeStep()) {
    const auto table = tables.getColumn(0).getString();
    SQLite::Statement rows(database, "SELECT * FROM " + table + " ORDER BY 1, 2");
    while (rows.executeStep()) {
      auto& row = all.emplace_back(table);
      for (int i = 0; i < rows.getColumnCount(); ++i) row += "\x1f" + rows.getColumn(i).getString();
    }
  }
  return all;
}

std::vector<std::string> Place::tables_with(const std::string& column) const {
#ifdef GOKAJO_WITH_POSTGRES
  if (on_postgres()) {
    auto connection = Connection::open(owner_);
    REQUIRE(connection);
    return words(**connection, "SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'gokajo' AND column_name = '" +
                                   column + "' AND table_name NOT LIKE 'report\\_bodies%' ORDER BY 1");
  }
#endif
  SQLite::Database database(where_, SQLite::OPEN_READONLY, 5000);
  SQLite::Statement query(
      database, "SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = ? ORDER BY 1");
  query.bind(1, column);
  std::vector<std::string> tables;
  while (query.executeStep()) tables.push_back(query.getColumn(0).getString());
  return tables;
}

bool Place::holds(const std::string& bytes) const {
#ifdef GOKAJO_WITH_POSTGRES
  if (on_postgres()) {
    auto connection = Connection::open(url("gokajo_test_" + std::to_string(number_), "postgres"));
    REQUIRE(connection);
    REQUIRE((*connection)->run_script("CHECKPOINT"));
    auto rows = (*connection)
                    ->ask(
                        "SELECT count(*) FROM pg_class WHERE (relnamespace = 'gokajo'::regnamespace OR oid IN (SELECT reltoastrelid FROM "
                        "pg_class WHERE relnamespace = 'gokajo'::regnamespace)) AND pg_relation_filepath(oid) IS NOT NULL AND "
                        "position($1::bytea IN pg_read_binary_file(pg_relation_filepath(oid), 0, 100000000, true)) > 0",
                        Params(Blob{bytes}));
    REQUIRE_MESSAGE(rows, (rows ? "" : rows.error().detail));
    return (*rows)[0].number(0) != 0;
  }
#endif
  std::ostringstream all;
  for (const char* end : {"", "-wal", "-shm"}) all << std::ifstream(where_ + end, std::ios::binary).rdbuf();
  return all.str().find(bytes) != std::string::npos;
}

std::string Place::fingerprint() const {
  std::string everything;
#ifdef GOKAJO_WITH_POSTGRES
  if (on_postgres()) {
    auto connection = Connection::open(owner_);
    REQUIRE(connection);
    auto rows =
        (*connection)
            ->ask(
                "SELECT relname::text, coalesce((xpath('//text()', query_to_xml(format('SELECT md5(coalesce(string_agg((to_jsonb(t) - "
                "''last_receipt'')::text, chr(31) ORDER BY (to_jsonb(t) - ''last_receipt'')::text), '''')) FROM gokajo.%I t', "
                "relname), true, true, '')))[1]::text, '') FROM pg_class WHERE relnamespace = 'gokajo'::regnamespace AND relkind = 'r' "
                "ORDER BY "
                "relname",
                Params());
    REQUIRE_MESSAGE(rows, (rows ? "" : rows.error().detail));
    for (int i = 0; i < rows->size(); ++i) everything += (*rows)[i].text(0) + "\x1f" + (*rows)[i].text(1) + "\n";
    return protocol::sha256_hex(everything);
  }
#endif
  SQLite::Database database(where_, SQLite::OPEN_READONLY, 5000);
  SQLite::Statement tables(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (tables.executeStep()) {
    const auto table = tables.getColumn(0).getString();
    everything += table + "\n";
    SQLite::Statement rows(database, "SELECT * FROM " + table + " ORDER BY 1, 2");
    while (rows.executeStep())
      for (int i = 0; i < rows.getColumnCount(); ++i)
        if (std::string(rows.getColumn(i).getName()) != "last_receipt") everything += rows.getColumn(i).getString() + "\x1f";
  }
  return protocol::sha256_hex(everything);
}

}  // namespace gokajo::tests
