// Copies of the whole database, and whether one is sound.
#include <filesystem>
#include <fstream>

#include "hub/database.h"
#include "hub/sqlite_seal.h"
#include "hub/sqlite_store.h"
#include "platform/durable_file.h"
#include "platform/own_file.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

constexpr int kBusy = static_cast<int>(kBusyTimeout.count());

Status copy_database(const std::string& from, const std::string& to, void (*finish)(SQLite::Database&)) {
  std::error_code code;
  if (std::filesystem::exists(to, code)) return Error{ErrorKind::denied, to + ": is there already"};
  const auto partial = to + ".partial";
  std::filesystem::remove(partial, code);
  if (auto made = platform::make_own_file(partial); !made) return made;
  auto copied = answered([&]() -> Status {
    SQLite::Database source(from, SQLite::OPEN_READONLY, kBusy);
    // One statement, one moment: whoever writes meanwhile goes on. It writes into an empty file too.
    SQLite::Statement copy(source, "VACUUM INTO ?");
    copy.bind(1, partial);
    copy.exec();
    SQLite::Database made(partial, SQLite::OPEN_READWRITE, kBusy);
    finish(made);
    return Done{};
  });
  if (copied) copied = platform::rename_durably(partial, to);
  if (!copied) std::filesystem::remove(partial, code);
  return copied;
}

std::size_t number_at(const std::string& header, std::size_t at, int bytes) {
  std::size_t number = 0;
  for (int i = 0; i < bytes; ++i) number = number << 8U | static_cast<unsigned char>(header[at + static_cast<std::size_t>(i)]);
  return number;
}

// By the file's own head (https://www.sqlite.org/fileformat.html, 1.3): how long it says it is. SQLite says of a shorter one only that
// something is wrong with it.
Status look_at_length(const std::string& path) {
  std::string header(100, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::not_found, path};
  if (!file.read(header.data(), static_cast<std::streamsize>(header.size())) || !header.starts_with(std::string("SQLite format 3\0", 16)))
    return Error{ErrorKind::malformed, path + ": not a database of gokajo-hub"};
  const auto page = number_at(header, 16, 2) == 1 ? 65536 : number_at(header, 16, 2);
  const auto wanted = page * number_at(header, 28, 4);
  std::error_code code;
  const auto size = std::filesystem::file_size(path, code);
  if (code) return Error{ErrorKind::failed, path};
  if (size < wanted)
    return Error{ErrorKind::malformed, path + ": cut off: " + std::to_string(size) + " of " + std::to_string(wanted) + " bytes"};
  return Done{};
}

Result<bool> look_at(const std::string& path) {
  SQLite::Database database(path, SQLite::OPEN_READONLY, kBusy);
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  if (version < 1 || !database.tableExists("companies")) return Error{ErrorKind::malformed, "not a database of gokajo-hub"};
  if (!knows_schema_of(version)) return Error{ErrorKind::unsupported, "made by a newer gokajo-hub (step " + std::to_string(version) + ")"};
  const auto answer = database.execAndGet("PRAGMA integrity_check(1)").getString();
  if (answer != "ok") return Error{ErrorKind::malformed, "damaged: " + answer.substr(answer.rfind('\n') + 1)};
  SQLite::Statement keys(database, "PRAGMA foreign_key_check");
  if (keys.executeStep()) return Error{ErrorKind::malformed, keys.getColumn(0).getString() + ": rows without what they belong to"};
  if (!is_sealed(database)) return false;
  if (const auto table = table_changed_since_sealed(database)) return Error{ErrorKind::malformed, "damaged: table " + *table};
  return true;
}

}  // namespace

Status back_up_database(const std::string& from, const std::string& to) { return copy_database(from, to, seal_copy); }

Status restore_database(const std::string& from, const std::string& to) { return copy_database(from, to, take_off_seal); }

Result<bool> check_database(const std::string& path) {
  if (auto whole = look_at_length(path); !whole) return whole.error();
  auto sealed = answered([&] { return look_at(path); });
  if (sealed) return sealed;
  const auto kind = sealed.error().kind == ErrorKind::failed ? ErrorKind::malformed : sealed.error().kind;
  return Error{kind, path + ": " + sealed.error().detail};
}

}  // namespace gokajo::hub
