/// \file
/// The hub's store in a PostgreSQL database that several hubs may share. In a build without libpq everything here is an Error{unsupported}.
///
/// `url`: see hub/postgres/connection.h. The tables are in the schema `gokajo`, made by their owner (prepare_postgres()); the hub connects
/// as a role that is a member of gokajo_hub or that role itself, owns nothing and is bound by row security.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "hub/mail_queue.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Error{unsupported}: no tables, or those of an older or newer program; denied: the role is bound by nothing.
platform::Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url);
platform::Result<std::unique_ptr<MailQueue>> open_postgres_mail_queue(const std::string& url);

/// Makes the tables, or brings them up to date, as their owner; the role gokajo_hub must be there, or the owner allowed to make it. All or
/// nothing. Says how many steps were made.
platform::Result<int> prepare_postgres(const std::string& owner_url);

/// What all hubs on the database have in common under that name; `mine` is kept where there is none yet. nullopt: there is none.
platform::Result<std::optional<std::string>> common_fact(const std::string& url, const std::string& name,
                                                         const std::optional<std::string>& mine);

/// What was copied: rows of each table.
using Moved = std::map<std::string, std::int64_t>;
/// Everything of the hub's SQLite file, which stays as it is and is written to by nobody meanwhile, into a database without companies and
/// people, as the tables' owner. All or nothing: it is read back and compared, row by row, before it is committed. Error{denied}: the
/// database is not empty.
platform::Result<Moved> move_to_postgres(const std::string& sqlite, const std::string& owner_url);

}  // namespace gokajo::hub
