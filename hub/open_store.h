/// \file
/// The hub's store, whichever it is: a file of SQLite, or a PostgreSQL database (postgres://…, hub/postgres/open.h).
#pragma once

#include <memory>
#include <string>

#include "hub/mail_queue.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Errors: those of open_sqlite_store() and open_postgres_store().
platform::Result<std::unique_ptr<Store>> open_store(const std::string& where);
/// The queue in the same database, over a connection of its own.
platform::Result<std::unique_ptr<MailQueue>> open_mail_queue(const std::string& where);

bool is_postgres(const std::string& where);

}  // namespace gokajo::hub
