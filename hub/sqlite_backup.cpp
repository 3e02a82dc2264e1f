// Copies of the whole database, and whether one is sound.
#include <filesystem>

#include "hub/database.h"
#include "hub/sqlite_store.h"
#include "platform/durable_file.h"
#include "platform/own_file.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Status;

Status back_up_database(const std::string& from, const std::string& to) {
  std::error_code code;
  if (std::filesystem::exists(to, code)) return Error{ErrorKind::denied, to + ": is there already"};
  const auto partial = to + ".partial";
  std::filesystem::remove(partial, code);
  if (auto made = platform::make_own_file(partial); !made) return made;
  auto copied = answered([&]() -> Status {
    SQLite::Database source(from, SQLite::OPEN_READONLY, static_cast<int>(kBusyTimeout.count()));
    // One statement, one moment: whoever writes meanwhile goes on. It writes into an empty file too.
    SQLite::Statement copy(source, "VACUUM INTO ?");
    copy.bind(1, partial);
    copy.exec();
    return Done{};
  });
  if (copied) copied = platform::rename_durably(partial, to);
  if (!copied) std::filesystem::remove(partial, code);
  return copied;
}

Status check_database(const std::string& path) {
  return answered([&]() -> Status {
    SQLite::Database database(path, SQLite::OPEN_READONLY, static_cast<int>(kBusyTimeout.count()));
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version < 1 || !database.tableExists("companies")) return Error{ErrorKind::malformed, path + ": not a database of gokajo-hub"};
    const auto answer = database.execAndGet("PRAGMA integrity_check").getString();
    if (answer != "ok") return Error{ErrorKind::malformed, path + ": damaged: " + answer};
    SQLite::Statement keys(database, "PRAGMA foreign_key_check");
    if (keys.executeStep()) return Error{ErrorKind::malformed, path + ": rows without what they belong to"};
    return Done{};
  });
}

}  // namespace gokajo::hub
