/// \file
/// Where a test's hub keeps its data: a file of SQLite, or, where GOKAJO_TEST_POSTGRES names the socket folder of a PostgreSQL server made
/// for the tests (tests/hub/on_postgres), an empty database there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/open_store.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

class Place {
 public:
  Place();
  ~Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  static bool on_postgres();
  /// For open_store().
  const std::string& where() const { return where_; }
  /// The same as the tables' owner; PostgreSQL only.
  const std::string& owner() const { return owner_; }
  /// Opened; fails the test when it cannot be.
  std::unique_ptr<hub::Store> store() const;
  std::unique_ptr<hub::MailQueue> queue() const;
  /// Every row of every table but the times of receipt, as one hash.
  std::string fingerprint() const;
  /// Every row of every table as text, after its table's name and a "\x1f".
  std::vector<std::string> rows() const;
  /// Tables with that column; a report's body counts as of reports.
  std::vector<std::string> tables_with(const std::string& column) const;
  /// Whether these bytes lie anywhere in the files of the tables.
  bool holds(const std::string& bytes) const;
  /// Runs one of these, as whoever made the tables; fails the test when it cannot.
  void run(const std::string& sqlite, const std::string& postgres) const;
  /// Ends every connection of the hub's; PostgreSQL only.
  void end_sessions() const;

 private:
  TemporaryDirectory directory_;
  std::string where_;
  std::string owner_;
  int number_ = 0;
};

}  // namespace gokajo::tests
