/// \file
/// Rows of the tables as values of hub/records.h, hub/overview.h and hub/people.h, and back; the columns stand beside their readers, so
/// that both have one order.
#pragma once

#include <limits>

#include "hub/overview.h"
#include "hub/people.h"
#include "hub/postgres/params.h"
#include "hub/postgres/rows.h"

namespace gokajo::hub {

#define GOKAJO_COMPANY_COLUMNS                                                                                                 \
  "tenant, name, pack, policy, offset_minutes, stated_devices, closed_days, responsible, staff_told, owner_name, owner_mail, " \
  "person_in_charge, schedule, created, confirmed"
#define GOKAJO_CODE_COLUMNS "tenant, number, hash, kind, uses_left, created, valid_until, revoked"
#define GOKAJO_DEVICE_COLUMNS                                                                                                              \
  "tenant, device, public_key, label, host_name, agent_version, standing, epoch, current_epoch, current_seq, latest_epoch, latest_seq, "   \
  "code_hash, clock_ahead_s, discarded, enrolled, last_receipt, last_scanned, scan_wanted, resting_since, resting_until, system, vendor, " \
  "model, memory_mib, silent_at"

Company company_of(const Row& row);
Params params_of(const Company& company);
Code code_of(const Row& row);
Device device_of(const Row& row);
Params params_of(const Device& device);
/// Of device and name.
NamedDevice named_of(const Row& row);

Change change_of(const Row& row);
#define GOKAJO_CHANGE_COLUMNS "tenant, at, device, kind, subject, before, after, seen_at"
Deed deed_of(const Row& row);
#define GOKAJO_DEED_COLUMNS "tenant, at, who, what, subject, before, after"

/// For LIMIT, where SQLite takes a negative number as none.
template <class Number>
std::int64_t at_most(Number limit) {
  const auto rows = static_cast<std::int64_t>(limit);
  return rows < 0 ? std::numeric_limits<std::int64_t>::max() : rows;
}

template <class E>
std::string word_of(E value) {
  const char* name = boost::describe::enum_to_string(value, nullptr);
  return name ? name : "";
}

}  // namespace gokajo::hub
