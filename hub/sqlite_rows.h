/// \file
/// Rows of the tables as values of hub/records.h and hub/overview.h. Throws SQLite::Exception (hub/database.h).
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "hub/overview.h"

namespace gokajo::hub {

Company read_company(SQLite::Statement& row);
Code read_code_row(SQLite::Statement& row);
Device read_device(SQLite::Statement& row);
KeptDeclaration read_declaration(SQLite::Statement& row);
/// Every row that is left of a query of device and name.
std::vector<NamedDevice> all_named(SQLite::Statement& query);
/// Every row that is left of a query of GOKAJO_CHANGE_COLUMNS.
std::vector<Change> all_changes(SQLite::Statement& query);
#define GOKAJO_CHANGE_COLUMNS "tenant, at, device, kind, subject, before, after, seen_at"

/// The columns of `devices` that read_device() reads, in its order.
#define GOKAJO_DEVICE_COLUMNS                                                                                                              \
  "tenant, device, public_key, label, host_name, agent_version, standing, epoch, current_epoch, current_seq, latest_epoch, latest_seq, "   \
  "code_hash, clock_ahead_s, discarded, enrolled, last_receipt, last_scanned, scan_wanted, resting_since, resting_until, system, vendor, " \
  "model, memory_mib, silent_at"

/// Binds what read_device() reads, in its order.
void bind_device(SQLite::Statement& statement, const Device& device);
void bind_company(SQLite::Statement& statement, const Company& company);
/// What json_each() takes apart.
std::string as_list(const std::vector<std::string>& ids);

std::optional<Time> optional_time(const SQLite::Column& column);
std::optional<std::int64_t> optional_number(const SQLite::Column& column);
void bind_optional(SQLite::Statement& statement, int index, const std::optional<Time>& time);

}  // namespace gokajo::hub
