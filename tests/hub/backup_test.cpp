// Copies of hub.db (docs/operations.md, 「Copies」): whole, and refused with the place where they are not what was written.
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "hub/sqlite_store.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;
using platform::ErrorKind, platform::Time;

namespace {

Time at(std::int64_t seconds) { return Time{std::chrono::seconds{1'800'000'000 + seconds}}; }

struct Copied {
  TemporaryDirectory directory;
  std::string original = directory.path() + "/hub.db", copy = directory.path() + "/copy.db", broken = directory.path() + "/broken.db",
              back = directory.path() + "/back.db";

  Copied() {
    const auto store = open_sqlite_store(original);
    REQUIRE(store);
    REQUIRE((*store)->begin());
    Company company;
    company.id = "yamada";
    company.name = "山田工務店";
    company.created = at(0);
    REQUIRE((*store)->put_company(company));
    for (int i = 0; i < 20; ++i) {
      Device device;
      device.tenant = "yamada";
      device.id = std::string(64, static_cast<char>('a' + i));
      device.label = "PC-" + std::to_string(i);
      device.standing = Standing::approved;
      device.enrolled = at(0);
      REQUIRE((*store)->put_device(device));
      REQUIRE((*store)->set_verdicts(device, {{"updates.os-supported", "updates", true, compliance::Verdict::fail, {}, "{}"}},
                                     {{"updates", compliance::Verdict::fail}}, at(0), at(0)));
      REQUIRE((*store)->add_report({"yamada", device.id, {1, 1}, "", std::string(3000, static_cast<char>('a' + i)), at(i)}));
    }
    REQUIRE((*store)->commit());
    REQUIRE(back_up_database(original, copy));
  }
  std::string bytes() const {
    std::ostringstream all;
    all << std::ifstream(copy, std::ios::binary).rdbuf();
    return all.str();
  }
  void write(const std::string& bytes) const { std::ofstream(broken, std::ios::binary | std::ios::trunc) << bytes; }
};

// Every value of every table, and how the tables are made.
std::vector<std::string> rows_of(const std::string& path) {
  std::vector<std::string> all;
  SQLite::Database database(path, SQLite::OPEN_READONLY);
  std::vector<std::string> tables{"sqlite_schema"};
  SQLite::Statement names(database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name");
  while (names.executeStep()) tables.push_back(names.getColumn(0).getString());
  for (const auto& table : tables) {
    SQLite::Statement rows(database,
                           (table == "sqlite_schema" ? "SELECT type, name, sql FROM " : "SELECT * FROM ") + table + " ORDER BY 1, 2");
    while (rows.executeStep()) {
      auto& row = all.emplace_back(table);
      for (int i = 0; i < rows.getColumnCount(); ++i)
        row += "\x1f" + std::to_string(rows.getColumn(i).getType()) + rows.getColumn(i).getString();
    }
  }
  return all;
}

}  // namespace

TEST_CASE("what is brought back from a copy is what was there, without the seal") {
  const Copied copied;
  const auto checked = check_database(copied.copy);
  REQUIRE(checked);
  CHECK(*checked);
  REQUIRE(restore_database(copied.copy, copied.back));
  CHECK(rows_of(copied.back) == rows_of(copied.original));
  CHECK(open_sqlite_store(copied.back));
  // A copy of what was brought back is sealed anew, and one of a copy that somebody laid there by hand too.
  REQUIRE(back_up_database(copied.copy, copied.directory.path() + "/again.db"));
  CHECK(*check_database(copied.directory.path() + "/again.db"));
  // A file that was never copied by the hub is sound, and that is all one can say.
  const auto bare = check_database(copied.original);
  REQUIRE(bare);
  CHECK_FALSE(*bare);
}

TEST_CASE("a copy that was cut is refused as that, wherever it was cut") {
  const Copied copied;
  const auto whole = copied.bytes();
  for (const std::size_t length : {std::size_t{100}, std::size_t{4096}, std::size_t{5000}, whole.size() / 2, whole.size() - 1}) {
    copied.write(whole.substr(0, length));
    const auto checked = check_database(copied.broken);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().kind == ErrorKind::malformed);
    CHECK(
        checked.error().detail.starts_with(copied.broken + ": cut off: " + std::to_string(length) + " of " + std::to_string(whole.size())));
  }
  for (const char* other : {"", "SQLite format 3",
                            "%PDF-1.7 and more than one hundred bytes of something that is no database of anybody, "
                            "whatever its name says, so that it is looked at"}) {
    copied.write(other);
    CHECK(check_database(copied.broken).error().detail == copied.broken + ": not a database of gokajo-hub");
  }
  CHECK(check_database(copied.directory.path() + "/nowhere.db").error().kind == ErrorKind::not_found);
}

TEST_CASE("a bit that fell over in a copy is seen wherever it counts, and its table named") {
  const Copied copied;
  const auto whole = copied.bytes();
  const auto rows = rows_of(copied.original);
  std::mt19937 dice(20261126);
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    auto bytes = whole;
    bytes[dice() % bytes.size()] ^= static_cast<char>(1U << dice() % 8);
    copied.write(bytes);
    const auto checked = check_database(copied.broken);
    if (!checked) {
      ++refused;
      CHECK(checked.error().detail.starts_with(copied.broken + ": "));
      continue;
    }
    std::filesystem::remove(copied.back);
    REQUIRE(restore_database(copied.broken, copied.back));
    CHECK(rows_of(copied.back) == rows);
  }
  CHECK(refused > 60);  // the others fell into bytes that hold nothing
  // A letter of a report, which SQLite itself takes for any other.
  auto bytes = whole;
  const auto report = bytes.find(std::string(500, 'c'));
  REQUIRE(report != std::string::npos);
  bytes[report + 300] = 'C';  // behind its device's id, which reads alike
  copied.write(bytes);
  CHECK(check_database(copied.broken).error().detail == copied.broken + ": damaged: table reports");
}

TEST_CASE("a copy of a newer program is left alone") {
  const Copied copied;
  SQLite::Database(copied.copy, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 999");
  CHECK(check_database(copied.copy).error().kind == ErrorKind::unsupported);
}

}  // namespace gokajo::tests
