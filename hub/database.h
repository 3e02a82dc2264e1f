/// \file
/// The hub's file, opened as everything here needs it: WAL, synchronous=FULL (a commit survives power loss), foreign keys on, other writers
/// waited for, the tables of hub/data/schema.sql. SQLiteCpp throws; answered() makes that an Error.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/describe.hpp>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

inline constexpr std::chrono::milliseconds kBusyTimeout{10000};

platform::Error to_error(const SQLite::Exception& problem);

/// What `work` returns (a Result), or the Error of what SQLite threw in it.
template <class Work>
auto answered(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const SQLite::Exception& problem) {
    return to_error(problem);
  }
}

/// A row that holds what this program never wrote. Leaves answered() as an Error.
[[noreturn]] void damaged_row(const std::string& what);

template <class E>
std::string name_of(E value) {
  const char* name = boost::describe::enum_to_string(value, nullptr);
  return name ? name : "";
}

template <class E>
E named(const std::string& name) {
  E value{};
  if (!boost::describe::enum_from_string(name.c_str(), value)) damaged_row(name);
  return value;
}

inline std::int64_t seconds(platform::Time time) { return time.time_since_epoch().count(); }
platform::Time time_of(const SQLite::Column& column);

/// A prepared statement in use. It is reset when this goes, so that no read stays open behind a call. Calls are those of SQLite::Statement.
class Use {
 public:
  explicit Use(SQLite::Statement& statement) : statement_(&statement) {}
  Use(Use&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  Use& operator=(Use&&) = delete;
  ~Use() {
    if (statement_) statement_->tryReset();
  }

  template <class... Values>
  void bind(int index, const Values&... values) {
    statement_->bind(index, values...);
  }
  bool executeStep() { return statement_->executeStep(); }
  int exec() { return statement_->exec(); }
  SQLite::Column getColumn(int index) { return statement_->getColumn(index); }
  SQLite::Statement& raw() { return *statement_; }

 private:
  SQLite::Statement* statement_;
};

/// Whether this program knows the tables as of that user_version.
bool knows_schema_of(int version);

/// Not thread-safe.
class Database {
 public:
  /// Makes the file (mode 0600) where there is none, and brings older tables up to date. Error{unsupported}: made by a newer program.
  static platform::Result<std::unique_ptr<Database>> open(const std::string& path);

  SQLite::Database& raw() { return raw_; }
  /// The statement, prepared once and reset. `sql` must be a literal: it is known by its address. Throws SQLite::Exception.
  Use prepared(const char* sql);

 private:
  explicit Database(const std::string& path);
  platform::Status bring_up_to_date();
  SQLite::Database raw_;
  std::map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
};

}  // namespace gokajo::hub
