#include "hub/sqlite_seal.h"

#include <sodium.h>

#include <array>
#include <vector>

#include "platform/bytes.h"

namespace gokajo::hub {

namespace {

constexpr const char* kSeal = "copy_seal";
constexpr const char* kSchema = "schema";

// Everything a query gives, each value with its type and length, so that no two contents are written alike.
class Sum {
 public:
  Sum() { crypto_hash_sha256_init(&state_); }

  void add(SQLite::Statement& query) {
    while (query.executeStep())
      for (int i = 0; i < query.getColumnCount(); ++i) {
        const auto column = query.getColumn(i);
        put(static_cast<std::uint64_t>(column.getType()));
        // Of a number, of the text that SQLite writes for it: that of another number is another.
        const auto length = static_cast<std::uint64_t>(column.getBytes());
        put(length);
        if (length > 0) crypto_hash_sha256_update(&state_, static_cast<const unsigned char*>(column.getBlob()), length);
      }
  }
  void put(std::uint64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (auto& byte : bytes) {
      byte = static_cast<unsigned char>(number);
      number >>= 8U;
    }
    crypto_hash_sha256_update(&state_, bytes.data(), bytes.size());
  }
  std::string hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> sum{};
    crypto_hash_sha256_final(&state_, sum.data());
    std::string text(2 * sum.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), sum.data(), sum.size());
    text.pop_back();
    return text;
  }

 private:
  crypto_hash_sha256_state state_{};
};

std::string sum_of_schema(SQLite::Database& copy) {
  Sum sum;
  sum.put(static_cast<std::uint64_t>(copy.execAndGet("PRAGMA user_version").getInt64()));
  SQLite::Statement query(
      copy,
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name <> 'copy_seal' AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "ORDER BY type, name");
  sum.add(query);
  return sum.hex();
}

// In the order of rowid or primary key: without an index, whose own damage is looked for elsewhere.
std::string sum_of(SQLite::Database& copy, const std::string& table) {
  std::string quoted;
  for (const char c : table) quoted += c == '"' ? "\"\"" : std::string(1, c);
  Sum sum;
  SQLite::Statement query(copy, "SELECT * FROM \"" + quoted + "\" NOT INDEXED");
  sum.add(query);
  return sum.hex();
}

std::vector<std::string> tables_of(SQLite::Database& copy) {
  std::vector<std::string> tables;
  SQLite::Statement query(copy,
                          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'copy_seal' AND name NOT LIKE 'sqlite\\_%' "
                          "ESCAPE '\\' ORDER BY name");
  while (query.executeStep()) tables.push_back(query.getColumn(0).getString());
  return tables;
}

}  // namespace

void seal_copy(SQLite::Database& copy) {
  take_off_seal(copy);
  SQLite::Transaction transaction(copy);
  copy.exec("CREATE TABLE copy_seal (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT");
  SQLite::Statement insert(copy, "INSERT INTO copy_seal VALUES (?, ?)");
  const auto keep = [&](const std::string& name, const std::string& sum) {
    insert.bind(1, name);
    insert.bind(2, sum);
    insert.exec();
    insert.reset();
  };
  keep(kSchema, sum_of_schema(copy));
  for (const auto& table : tables_of(copy)) keep("table " + table, sum_of(copy, table));
  transaction.commit();
}

bool is_sealed(SQLite::Database& copy) { return copy.tableExists(kSeal); }

std::optional<std::string> table_changed_since_sealed(SQLite::Database& copy) {
  SQLite::Statement query(copy, "SELECT sha256 FROM copy_seal WHERE name = ?");
  const auto is_kept = [&](const std::string& name, const std::string& sum) {
    query.reset();
    query.bind(1, name);
    return query.executeStep() && query.getColumn(0).getString() == sum;
  };
  if (!is_kept(kSchema, sum_of_schema(copy))) return kSchema;
  for (const auto& table : tables_of(copy))
    if (!is_kept("table " + table, sum_of(copy, table))) return table;
  return std::nullopt;
}

void take_off_seal(SQLite::Database& copy) { copy.exec("DROP TABLE IF EXISTS copy_seal"); }

}  // namespace gokajo::hub
