#include "hub/database.h"

#include <sqlite3.h>

#include "platform/embedded.h"
#include "platform/own_file.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind;

namespace {

constexpr std::string_view kStep = "-- step ";

// The text of one step of schema.sql, empty when there is none.
std::string step_of_schema(int number) {
  for (const auto& file : embedded::hub_data()) {
    if (file.name != "schema.sql") continue;
    const auto head = std::string(kStep) + std::to_string(number) + "\n";
    const auto from = file.text.find(head);
    if (from == std::string_view::npos) return {};
    const auto begin = from + head.size();
    return std::string(file.text.substr(begin, file.text.find(kStep, begin) - begin));
  }
  return {};
}

// SQLite's own locks guard what no two threads touch at once here, and a count of memory that nobody asks for.
void without_needless_locks() {
  static const int kOnce = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)kOnce;
}

}  // namespace

bool knows_schema_of(int version) { return version == 0 || !step_of_schema(version).empty(); }

Error to_error(const SQLite::Exception& problem) {
  const int code = problem.getErrorCode();
  const auto kind = code == SQLITE_BUSY || code == SQLITE_LOCKED                                ? ErrorKind::timed_out
                    : code == SQLITE_CANTOPEN || code == SQLITE_PERM || code == SQLITE_READONLY ? ErrorKind::denied
                                                                                                : ErrorKind::failed;
  return {kind, std::string("database: ") + problem.what()};
}

void damaged_row(const std::string& what) { throw SQLite::Exception("a row holds \"" + what + "\"", SQLITE_CORRUPT); }

platform::Time time_of(const SQLite::Column& column) {
  const auto time = platform::time_from_unix(column.getInt64());
  if (!time) damaged_row(std::to_string(column.getInt64()));
  return *time;
}

Database::Database(const std::string& path)
    : raw_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, static_cast<int>(kBusyTimeout.count())) {}

platform::Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  if (auto made = platform::make_own_file(path); !made) return made.error();
  return answered([&]() -> platform::Result<std::unique_ptr<Database>> {
    without_needless_locks();
    std::unique_ptr<Database> database(new Database(path));
    database->raw_.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;");
    if (auto status = database->bring_up_to_date(); !status) return status.error();
    return database;
  });
}

platform::Status Database::bring_up_to_date() {
  const auto version = [&] { return raw_.execAndGet("PRAGMA user_version").getInt(); };
  if (!step_of_schema(version() + 1).empty()) {
    // Another program may be at it too: who comes second finds the work done.
    raw_.exec("BEGIN IMMEDIATE");
    for (int step = version() + 1;; ++step) {
      const auto sql = step_of_schema(step);
      if (sql.empty()) break;
      raw_.exec(sql);
      raw_.exec("PRAGMA user_version=" + std::to_string(step));
    }
    raw_.exec("COMMIT");
  }
  if (!knows_schema_of(version()))
    return Error{ErrorKind::unsupported, "database: made by a newer gokajo-hub (step " + std::to_string(version()) + ")"};
  return platform::Done{};
}

Use Database::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<SQLite::Statement>(raw_, sql);
  statement->reset();
  statement->clearBindings();
  return Use(*statement);
}

}  // namespace gokajo::hub
