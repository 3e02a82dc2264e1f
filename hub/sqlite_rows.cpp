#include "hub/sqlite_rows.h"

#include <algorithm>

#include "hub/database.h"
#include "platform/json_form.h"

namespace gokajo::hub {
namespace {

std::vector<std::string> read_names(const std::string& text) {
  const auto json = platform::parse_json(text, compliance::kMaxPackBytes);
  std::vector<std::string> names;
  if (!json || !platform::read_form(*json, names, {})) damaged_row(text);
  return names;
}

protocol::PublicKey read_key(const SQLite::Column& column) {
  protocol::PublicKey key{};
  if (column.getBytes() != static_cast<int>(key.size())) damaged_row("a key of another length");
  const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
  std::copy(bytes, bytes + key.size(), key.begin());
  return key;
}

}  // namespace

std::optional<Time> optional_time(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return time_of(column);
}

std::optional<std::int64_t> optional_number(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getInt64();
}

void bind_optional(SQLite::Statement& statement, int index, const std::optional<Time>& time) {
  if (time) {
    statement.bind(index, seconds(*time));
  } else {
    statement.bind(index);
  }
}

Company read_company(SQLite::Statement& row) {
  Company company;
  company.id = row.getColumn(0).getString();
  company.name = row.getColumn(1).getString();
  company.pack = row.getColumn(2).getString();
  auto policy = compliance::read_policy(row.getColumn(3).getString());
  if (!policy) damaged_row(policy.error().detail);
  company.policy = std::move(*policy);
  company.offset_minutes = row.getColumn(4).getInt64();
  if (!row.getColumn(5).isNull()) company.stated_devices = row.getColumn(5).getInt64();
  company.closed_days = read_names(row.getColumn(6).getString());
  company.responsible = row.getColumn(7).getString();
  company.staff_told = optional_time(row.getColumn(8));
  company.owner_name = row.getColumn(9).getString();
  company.owner_mail = row.getColumn(10).getString();
  company.person_in_charge = row.getColumn(11).getString();
  company.schedule = row.getColumn(12).getString();
  company.created = time_of(row.getColumn(13));
  company.confirmed = optional_time(row.getColumn(14));
  return company;
}

void bind_company(SQLite::Statement& statement, const Company& company) {
  statement.bind(1, company.id);
  statement.bind(2, company.name);
  statement.bind(3, company.pack);
  statement.bind(4, platform::to_form(company.policy).dump());
  statement.bind(5, company.offset_minutes);
  if (company.stated_devices) statement.bind(6, *company.stated_devices);
  statement.bind(7, platform::to_form(company.closed_days).dump());
  statement.bind(8, company.responsible);
  bind_optional(statement, 9, company.staff_told);
  statement.bind(10, company.owner_name);
  statement.bind(11, company.owner_mail);
  statement.bind(12, company.person_in_charge);
  statement.bind(13, company.schedule);
  statement.bind(14, seconds(company.created));
  bind_optional(statement, 15, company.confirmed);
}

std::string as_list(const std::vector<std::string>& ids) { return platform::to_form(ids).dump(); }

Code read_code_row(SQLite::Statement& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getInt64(),
          row.getColumn(2).getString(), named<CodeKind>(row.getColumn(3).getString()),
          row.getColumn(4).getInt64(),  time_of(row.getColumn(5)),
          time_of(row.getColumn(6)),    optional_time(row.getColumn(7))};
}

Device read_device(SQLite::Statement& row) {
  Device device;
  device.tenant = row.getColumn(0).getString();
  device.id = row.getColumn(1).getString();
  device.key = read_key(row.getColumn(2));
  device.label = row.getColumn(3).getString();
  device.host_name = row.getColumn(4).getString();
  device.agent_version = row.getColumn(5).getString();
  device.standing = named<Standing>(row.getColumn(6).getString());
  device.epoch = row.getColumn(7).getInt64();
  device.current = {row.getColumn(8).getInt64(), row.getColumn(9).getInt64()};
  device.latest = {row.getColumn(10).getInt64(), row.getColumn(11).getInt64()};
  device.code_hash = row.getColumn(12).getString();
  device.clock_ahead_s = row.getColumn(13).getInt64();
  device.discarded = row.getColumn(14).getInt64();
  device.enrolled = time_of(row.getColumn(15));
  device.last_receipt = optional_time(row.getColumn(16));
  device.last_scanned = optional_time(row.getColumn(17));
  device.scan_wanted = optional_time(row.getColumn(18));
  device.resting_since = optional_time(row.getColumn(19));
  device.resting_until = optional_time(row.getColumn(20));
  device.machine = {row.getColumn(21).getString(), row.getColumn(22).getString(), row.getColumn(23).getString(),
                    row.getColumn(24).getInt64()};
  device.silent_at = optional_time(row.getColumn(25));
  return device;
}

void bind_device(SQLite::Statement& statement, const Device& device) {
  statement.bind(1, device.tenant);
  statement.bind(2, device.id);
  statement.bind(3, device.key.data(), static_cast<int>(device.key.size()));
  statement.bind(4, device.label);
  statement.bind(5, device.host_name);
  statement.bind(6, device.agent_version);
  statement.bind(7, name_of(device.standing));
  statement.bind(8, device.epoch);
  statement.bind(9, device.current.epoch);
  statement.bind(10, device.current.seq);
  statement.bind(11, device.latest.epoch);
  statement.bind(12, device.latest.seq);
  statement.bind(13, device.code_hash);
  statement.bind(14, device.clock_ahead_s);
  statement.bind(15, device.discarded);
  statement.bind(16, seconds(device.enrolled));
  bind_optional(statement, 17, device.last_receipt);
  bind_optional(statement, 18, device.last_scanned);
  bind_optional(statement, 19, device.scan_wanted);
  bind_optional(statement, 20, device.resting_since);
  bind_optional(statement, 21, device.resting_until);
  statement.bind(22, device.machine.system);
  statement.bind(23, device.machine.vendor);
  statement.bind(24, device.machine.model);
  statement.bind(25, device.machine.memory_mib);
  bind_optional(statement, 26, device.silent_at);
}

KeptDeclaration read_declaration(SQLite::Statement& row) {
  return {row.getColumn(0).getString(),
          {row.getColumn(1).getString(), row.getColumn(2).getString(), row.getColumn(3).getString(), row.getColumn(4).getString(),
           time_of(row.getColumn(5)), time_of(row.getColumn(6))},
          optional_time(row.getColumn(7))};
}

std::vector<NamedDevice> all_named(SQLite::Statement& query) {
  std::vector<NamedDevice> found;
  while (query.executeStep()) found.push_back({query.getColumn(0).getString(), query.getColumn(1).getString()});
  return found;
}

std::vector<Change> all_changes(SQLite::Statement& query) {
  std::vector<Change> found;
  while (query.executeStep())
    found.push_back({query.getColumn(0).getString(), time_of(query.getColumn(1)), query.getColumn(2).getString(),
                     query.getColumn(3).getString(), query.getColumn(4).getString(), query.getColumn(5).getString(),
                     query.getColumn(6).getString(), optional_time(query.getColumn(7))});
  return found;
}

}  // namespace gokajo::hub
