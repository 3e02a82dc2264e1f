/// \file
/// The steps of hub/data/postgres.sql.
#pragma once

#include "hub/postgres/connection.h"

namespace gokajo::hub {

/// The last step this program knows.
int last_step();
/// Of the database; 0: it has no tables.
platform::Result<std::int64_t> step_of(Connection& connection);

}  // namespace gokajo::hub
