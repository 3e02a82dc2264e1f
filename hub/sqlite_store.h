/// \file
/// The hub's store in one SQLite file. Several programs may have it open (the server and commands): one writes, the others wait.
#pragma once

#include <memory>
#include <string>

#include "hub/mail_queue.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Error{unsupported}: made by a newer program; denied, failed (also: no database, damaged) as the system or SQLite says.
platform::Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path);

/// The queue in the same file, over a connection of its own.
platform::Result<std::unique_ptr<MailQueue>> open_sqlite_mail_queue(const std::string& path);

/// A copy of the whole database as of one moment, while others write, with a seal (hub/sqlite_seal.h). `to` must not exist; it is whole or
/// not there.
platform::Status back_up_database(const std::string& from, const std::string& to);

/// The database of a copy, without its seal. As back_up_database().
platform::Status restore_database(const std::string& from, const std::string& to);

/// Whether the file is a database of ours, whole, that SQLite finds sound (PRAGMA integrity_check, foreign keys), and holds what was
/// copied. False: it is sound but has no seal, so that nobody can say the latter. Error{malformed, unsupported}: with the file and the
/// place in it.
platform::Result<bool> check_database(const std::string& path);

}  // namespace gokajo::hub
