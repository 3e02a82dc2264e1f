// From SQLite, table by table, with binary COPY; columns are known by their names, so that a table both have needs no line here.
#include <array>

#include <openssl/sha.h>

#include "hub/database.h"
#include "hub/postgres/connection.h"
#include "hub/postgres/open.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

constexpr std::size_t kRowsAtOnce = 500;
constexpr std::int64_t kDaySeconds = 86400;

struct Column {
  std::string name;
  std::string type;  ///< as PostgreSQL names it: text, bigint, bytea
};
struct Table {
  std::string name;
  std::vector<Column> columns;
};

std::string names_of(const Table& table, const std::string& prefix = "") {
  std::string names;
  for (const auto& column : table.columns) names += (names.empty() ? "" : ", ") + prefix + column.name;
  return names;
}

// Rows in whatever order, as a number: the sum of their hashes.
class RowSum {
 public:
  void add(const Params& row) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
      append_big_endian(text, row[i] ? row[i]->size() + 1 : 0, 8);
      if (row[i]) text += *row[i];
    }
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    for (std::size_t i = 0; i < 4; ++i) {
      std::uint64_t part = 0;
      for (std::size_t k = 0; k < 8; ++k) part = part << 8U | hash[i * 8 + k];
      parts_[i] += part;
    }
    ++rows_;
  }
  std::int64_t rows() const { return rows_; }
  bool operator==(const RowSum&) const = default;

 private:
  std::array<std::uint64_t, 4> parts_{};
  std::int64_t rows_ = 0;
};

// A value of SQLite's as PostgreSQL has it.
void add(Params& row, const SQLite::Column& value, const std::string& type) {
  if (value.isNull()) {
    row.add(std::optional<std::int64_t>());
  } else if (type == "bigint") {
    row.add(static_cast<std::int64_t>(value.getInt64()));
  } else if (type == "bytea") {
    row.add(Blob{{static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())}});
  } else {
    row.add(value.getString());
  }
}

class Move {
 public:
  Move(SQLite::Database& from, Connection& to) : from_(from), to_(to) {}

  Result<Moved> run() {
    if (auto ready = prepare(); !ready) return ready.error();
    Moved moved;
    SQLite::Statement tables(
        from_, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid");  // what is referred to
                                                                                                                   // comes first
    while (tables.executeStep()) {
      const auto table = table_named(tables.getColumn(0).getString());
      if (!table) return table.error();
      const auto rows = table->name == "reports" ? reports(*table) : copied(*table, "SELECT " + names_of(*table) + " FROM " + table->name);
      if (!rows) return rows.error();
      moved[table->name] = *rows;
    }
    if (auto status =
            to_.run_script("SELECT setval(pg_get_serial_sequence('gokajo.mails', 'id'), (SELECT max(id) FROM mails)) WHERE EXISTS "
                           "(SELECT 1 FROM mails)");
        !status)
      return status.error();
    return moved;
  }

 private:
  // Nothing may be there that somebody keeps.
  Status prepare() {
    if (auto status = to_.run_script("SET LOCAL statement_timeout = 0; LOCK TABLE companies, persons IN EXCLUSIVE MODE"); !status)
      return status;
    auto there = to_.ask("SELECT (SELECT count(*) FROM companies) + (SELECT count(*) FROM persons)", Params());
    if (!there) return there.error();
    if ((*there)[0].number(0) != 0) return Error{ErrorKind::denied, "PostgreSQL: companies or people are there already"};
    return Done{};
  }

  Result<Table> table_named(const std::string& name) {
    Table table{name, {}};
    auto types = to_.ask(
        "SELECT column_name::text, coalesce(domain_name, '')::text, data_type::text FROM information_schema.columns WHERE "
        "table_schema = 'gokajo' AND table_name = $1",
        Params(name));
    if (!types) return types.error();
    std::map<std::string, std::string> there;
    for (int i = 0; i < types->size(); ++i) there[(*types)[i].text(0)] = (*types)[i].text(2);
    SQLite::Statement columns(from_, "SELECT name FROM pragma_table_info(?)");
    columns.bind(1, name);
    while (columns.executeStep()) {
      const auto column = columns.getColumn(0).getString();
      if (name == "reports" && column == "body") continue;  // in a table of its own
      const auto type = there.find(column);
      if (type == there.end()) return Error{ErrorKind::unsupported, "PostgreSQL: no column " + name + "." + column};
      table.columns.push_back({column, type->second});
    }
    return table;
  }

  // Copies what `sql` gives into the table, and compares it with what is there then.
  Result<std::int64_t> copied(const Table& table, const std::string& sql) {
    RowSum sent;
    std::vector<Params> rows;
    const auto flush = [&]() -> Status {
      if (rows.empty()) return Done{};
      auto done = to_.copy_in("COPY " + table.name + " (" + names_of(table) + ") FROM STDIN (FORMAT binary)", rows);
      rows.clear();
      return done;
    };
    SQLite::Statement query(from_, sql);
    while (query.executeStep()) {
      Params row;
      for (std::size_t i = 0; i < table.columns.size(); ++i) add(row, query.getColumn(static_cast<int>(i)), table.columns[i].type);
      sent.add(row);
      rows.push_back(std::move(row));
      if (rows.size() >= kRowsAtOnce)
        if (auto status = flush(); !status) return status.error();
    }
    if (auto status = flush(); !status) return status.error();
    const auto there = read_back(table);
    if (!there) return there.error();
    if (!(*there == sent)) return Error{ErrorKind::failed, "PostgreSQL: " + table.name + " does not hold what was copied"};
    return sent.rows();
  }

  Result<RowSum> read_back(const Table& table) {
    RowSum sum;
    if (auto declared = to_.run_script("DECLARE back NO SCROLL CURSOR FOR SELECT " + names_of(table) + " FROM " + table.name); !declared)
      return declared.error();
    for (;;) {
      auto rows = to_.ask_text("FETCH " + std::to_string(kRowsAtOnce) + " FROM back");
      if (!rows) return rows.error();
      if (rows->size() == 0) break;
      for (int i = 0; i < rows->size(); ++i) {
        Params row;
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
          const auto at = static_cast<int>(column);
          const auto value = (*rows)[i];
          if (value.null(at)) {
            row.add(std::optional<std::int64_t>());
          } else if (table.columns[column].type == "bigint") {
            row.add(value.number(at));
          } else if (table.columns[column].type == "bytea") {
            row.add(Blob{value.blob(at)});
          } else {
            row.add(value.text(at));
          }
        }
        sum.add(row);
      }
    }
    if (auto closed = to_.run_script("CLOSE back"); !closed) return closed.error();
    return sum;
  }

  // Their bodies by days.
  Result<std::int64_t> reports(Table table) {
    const auto day = "max(stored_at / " + std::to_string(kDaySeconds) + ", 0)";
    SQLite::Statement days(from_, "SELECT DISTINCT " + day + " FROM reports");
    while (days.executeStep())
      if (auto made = to_.ask("SELECT make_day($1)", Params(static_cast<std::int64_t>(days.getColumn(0).getInt64()))); !made)
        return made.error();
    const auto plain = names_of(table);
    table.columns.push_back({"day", "bigint"});
    const auto rows = copied(table, "SELECT " + plain + ", " + day + " FROM reports");
    if (!rows) return rows;
    const Table bodies{
        "report_bodies",
        {{"tenant", "text"}, {"device", "text"}, {"epoch", "bigint"}, {"seq", "bigint"}, {"day", "bigint"}, {"body", "bytea"}}};
    const auto with = copied(bodies, "SELECT tenant, device, epoch, seq, " + day + ", body FROM reports");
    return with ? rows : with;
  }

  SQLite::Database& from_;
  Connection& to_;
};

}  // namespace

Result<Moved> move_to_postgres(const std::string& sqlite, const std::string& owner_url) {
  if (auto prepared = prepare_postgres(owner_url); !prepared) return prepared.error();
  auto opened = Connection::open(owner_url);
  if (!opened) return opened.error();
  auto& to = **opened;
  auto moved = answered([&]() -> Result<Moved> {
    auto from = Database::open(sqlite);
    if (!from) return from.error();
    (*from)->raw().exec("BEGIN IMMEDIATE");  // nobody is told meanwhile that something is kept
    if (auto begun = to.begin("BEGIN ISOLATION LEVEL READ COMMITTED", {}); !begun) return begun.error();
    auto done = Move((*from)->raw(), to).run();
    if (done)
      if (auto committed = to.commit(); !committed) done = committed.error();
    if (!done) to.rollback();
    (*from)->raw().exec("ROLLBACK");
    return done;
  });
  return moved;
}

}  // namespace gokajo::hub
