/// \file
/// What a copy of the database held when it was made: a SHA-256 of its schema and of each table, in a table of the copy's own. SQLite finds
/// trees that are broken, not a bit that fell over inside a value. No protection from somebody who changes a copy on purpose.
#pragma once

#include <optional>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

namespace gokajo::hub {

/// Each throws SQLite::Exception. Seals the copy as it is; an older seal goes.
void seal_copy(SQLite::Database& copy);
/// Whether the copy has a seal. Those of other programs, and a hub.db that was copied while no hub ran, have none.
bool is_sealed(SQLite::Database& copy);
/// The first table ("schema": none of them) that is not as it was sealed; nullopt: all are.
std::optional<std::string> table_changed_since_sealed(SQLite::Database& copy);
void take_off_seal(SQLite::Database& copy);

}  // namespace gokajo::hub
