// Devices, their reports and contents; their verdicts: sqlite_verdicts.cpp.
#include <algorithm>

#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Done, platform::Error, platform::ErrorKind;

namespace {

Error none(const std::string& what) { return {ErrorKind::not_found, "store: no such " + what}; }

constexpr const char* kDeviceById =
    "SELECT " GOKAJO_DEVICE_COLUMNS " FROM devices WHERE device = ? ORDER BY standing = 'removed', enrolled DESC LIMIT 1";
constexpr const char* kDevices = "SELECT " GOKAJO_DEVICE_COLUMNS " FROM devices WHERE tenant = ? ORDER BY label, host_name, device";
constexpr const char* kDevicesWaiting =
    "SELECT " GOKAJO_DEVICE_COLUMNS " FROM devices WHERE tenant = ? AND standing = 'waiting' ORDER BY label, host_name, device LIMIT ?";
constexpr const char* kDevicesCalled =
    "SELECT " GOKAJO_DEVICE_COLUMNS
    " FROM devices WHERE tenant = ?1 AND standing <> 'removed' AND (label IN (?2, ?3) OR host_name IN (?2, ?3)) ORDER BY label, host_name, "
    "device LIMIT ?4";
// What no index has, and so costs least to write: all that moves with most reports.
constexpr const char* kMoveDevice =
    "UPDATE devices SET agent_version = ?3, epoch = ?4, current_epoch = ?5, current_seq = ?6, latest_epoch = ?7, latest_seq = ?8, "
    "code_hash "
    "= ?9, clock_ahead_s = ?10, discarded = ?11, enrolled = ?12, last_receipt = ?13, last_scanned = ?14, scan_wanted = ?15, system = ?16, "
    "vendor = ?17, model = ?18, memory_mib = ?19 WHERE tenant = "
    "?1 AND device = ?2";
// No REPLACE: it would delete the row that reports and verdicts refer to.
constexpr const char* kPutDevice =
    "INSERT INTO devices (" GOKAJO_DEVICE_COLUMNS
    ", name, search) VALUES (?, ?, ?, ?4, ?5, ?6, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, lower(?4 || char(10) || "
    "?5)) ON CONFLICT (tenant, device) DO UPDATE SET name = excluded.name, search = excluded.search, label = excluded.label, host_name = "
    "excluded.host_name, agent_version = excluded.agent_version, standing = excluded.standing, "
    "epoch = excluded.epoch, current_epoch = excluded.current_epoch, current_seq = excluded.current_seq, "
    "latest_epoch = excluded.latest_epoch, latest_seq = excluded.latest_seq, code_hash = excluded.code_hash, "
    "clock_ahead_s = excluded.clock_ahead_s, discarded = excluded.discarded, enrolled = excluded.enrolled, "
    "last_receipt = excluded.last_receipt, last_scanned = excluded.last_scanned, scan_wanted = excluded.scan_wanted, "
    "resting_since = excluded.resting_since, resting_until = excluded.resting_until, system = excluded.system, vendor = excluded.vendor, "
    "model = excluded.model, memory_mib = excluded.memory_mib, silent_at = excluded.silent_at";

// What binds (tenant, device) first.
Use about(Use statement, const std::string& tenant, const std::string& device) {
  statement.bind(1, tenant);
  statement.bind(2, device);
  return statement;
}

std::string blob(const SQLite::Column& column) {
  return {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())};
}

const char* name_of_which(Store::Which which) { return which == Store::Which::full ? "full" : "current"; }

}  // namespace

Result<Device> SqliteStore::device_by_id(const std::string& id) {
  return answered([&]() -> Result<Device> {
    auto query = prepared(kDeviceById);
    query.bind(1, id);
    if (!query.executeStep()) return none("device");
    return read_device(query.raw());
  });
}

Result<std::vector<Device>> SqliteStore::devices(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<Device>> {
    auto query = prepared(kDevices);
    query.bind(1, tenant);
    std::vector<Device> found;
    while (query.executeStep()) found.push_back(read_device(query.raw()));
    return found;
  });
}

Result<std::vector<Device>> SqliteStore::devices_waiting(const std::string& tenant, std::size_t limit) {
  return answered([&]() -> Result<std::vector<Device>> {
    auto query = prepared(kDevicesWaiting);
    query.bind(1, tenant);
    query.bind(2, static_cast<std::int64_t>(limit));
    std::vector<Device> found;
    while (query.executeStep()) found.push_back(read_device(query.raw()));
    return found;
  });
}

Result<std::vector<Device>> SqliteStore::devices_called(const std::string& tenant, const std::string& label, const std::string& host_name,
                                                        std::size_t limit) {
  return answered([&]() -> Result<std::vector<Device>> {
    auto query = prepared(kDevicesCalled);
    query.bind(1, tenant);
    query.bind(2, label);
    query.bind(3, host_name);
    query.bind(4, static_cast<std::int64_t>(limit));
    std::vector<Device> found;
    while (query.executeStep()) found.push_back(read_device(query.raw()));
    return found;
  });
}

Result<std::int64_t> SqliteStore::highest_epoch(const std::string& id) {
  return answered([&]() -> Result<std::int64_t> {
    auto query = prepared("SELECT coalesce(max(epoch), 0) FROM devices WHERE device = ?");
    query.bind(1, id);
    query.executeStep();
    return query.getColumn(0).getInt64();
  });
}

Status SqliteStore::put_device(const Device& device) {
  return answered([&]() -> Status {
    const auto old = stored(device.tenant, device.id);
    const bool wakes = old && old->silent_at && !keeps_mark(*old, device);
    if (old && !wakes && old->label == device.label && old->host_name == device.host_name && old->standing == device.standing &&
        old->resting_since == device.resting_since && old->resting_until == device.resting_until) {
      move_device(device);
    } else {
      const bool counts_otherwise = !old || wakes || old->standing != device.standing;
      if (counts_otherwise) count(device.tenant, device.id, -1);
      auto statement = prepared(kPutDevice);
      bind_device(statement.raw(), device);
      bind_optional(statement.raw(), 26, old && !wakes ? old->silent_at : std::nullopt);
      statement.bind(27, device.shown_name());
      statement.exec();
      if (counts_otherwise) count(device.tenant, device.id, +1);
    }
    const auto heard = device.last_receipt.value_or(device.enrolled);
    if (old && heard_day_of(old->last_receipt.value_or(old->enrolled)) == heard_day_of(heard)) return Done{};
    auto day = about(prepared("UPDATE devices SET heard_day = ?3 WHERE tenant = ?1 AND device = ?2"), device.tenant, device.id);
    day.bind(3, heard_day_of(heard));
    day.exec();
    return Done{};
  });
}

std::optional<Device> SqliteStore::stored(const std::string& tenant, const std::string& id) {
  auto query = about(prepared("SELECT " GOKAJO_DEVICE_COLUMNS " FROM devices WHERE tenant = ? AND device = ?"), tenant, id);
  if (!query.executeStep()) return std::nullopt;
  return read_device(query.raw());
}

void SqliteStore::move_device(const Device& device) {
  auto statement = about(prepared(kMoveDevice), device.tenant, device.id);
  statement.bind(3, device.agent_version);
  statement.bind(4, device.epoch);
  statement.bind(5, device.current.epoch);
  statement.bind(6, device.current.seq);
  statement.bind(7, device.latest.epoch);
  statement.bind(8, device.latest.seq);
  statement.bind(9, device.code_hash);
  statement.bind(10, device.clock_ahead_s);
  statement.bind(11, device.discarded);
  statement.bind(12, seconds(device.enrolled));
  bind_optional(statement.raw(), 13, device.last_receipt);
  bind_optional(statement.raw(), 14, device.last_scanned);
  bind_optional(statement.raw(), 15, device.scan_wanted);
  statement.bind(16, device.machine.system);
  statement.bind(17, device.machine.vendor);
  statement.bind(18, device.machine.model);
  statement.bind(19, device.machine.memory_mib);
  statement.exec();
}

Result<StoredReport> SqliteStore::report(const std::string& tenant, const std::string& device, protocol::Position position) {
  return answered([&]() -> Result<StoredReport> {
    auto query = about(prepared("SELECT body_sha256, body, stored_at, scanned_at, discarded FROM reports WHERE tenant = ? AND device = ? "
                                "AND epoch = ? AND seq = ?"),
                       tenant, device);
    query.bind(3, position.epoch);
    query.bind(4, position.seq);
    if (!query.executeStep()) return none("report");
    return StoredReport{tenant,
                        device,
                        position,
                        query.getColumn(0).getString(),
                        blob(query.getColumn(1)),
                        time_of(query.getColumn(2)),
                        optional_time(query.getColumn(3)),
                        optional_number(query.getColumn(4))};
  });
}

Status SqliteStore::add_report(const StoredReport& report) {
  return answered([&]() -> Status {
    auto statement = about(
        prepared(
            "INSERT INTO reports (tenant, device, epoch, seq, body_sha256, body, stored_at, scanned_at, discarded) VALUES (?, ?, ?, ?, "
            "?, ?, ?, ?, ?)"),
        report.tenant, report.device);
    statement.bind(3, report.position.epoch);
    statement.bind(4, report.position.seq);
    statement.bind(5, report.body_sha256);
    statement.bind(6, report.body.data(), static_cast<int>(report.body.size()));
    statement.bind(7, seconds(report.stored_at));
    bind_optional(statement.raw(), 8, report.scanned_at);
    if (report.discarded) statement.bind(9, *report.discarded);
    statement.exec();
    return Done{};
  });
}

Result<std::vector<ReportMark>> SqliteStore::report_marks(const std::string& tenant, const std::string& device, Time from, Time until) {
  return answered([&]() -> Result<std::vector<ReportMark>> {
    auto query = about(prepared("SELECT epoch, seq, stored_at, scanned_at, discarded FROM reports WHERE tenant = ? AND device = ? "
                                "AND stored_at >= ? AND stored_at < ? ORDER BY epoch, seq"),
                       tenant, device);
    query.bind(3, seconds(from));
    query.bind(4, seconds(until));
    std::vector<ReportMark> found;
    while (query.executeStep())
      found.push_back({{query.getColumn(0).getInt64(), query.getColumn(1).getInt64()},
                       time_of(query.getColumn(2)),
                       optional_time(query.getColumn(3)),
                       optional_number(query.getColumn(4))});
    return found;
  });
}

Result<KeptContent> SqliteStore::content(const std::string& tenant, const std::string& device, Which which) {
  return answered([&]() -> Result<KeptContent> {
    auto query =
        about(prepared("SELECT epoch, seq, content, contents.scanned_at, received_at, body FROM contents LEFT JOIN reports USING (tenant, "
                       "device, epoch, "
                       "seq) WHERE tenant = ? AND device = ? AND which IN ('full', ?) ORDER BY which LIMIT 1"),  // "current" before "full"
              tenant, device);
    query.bind(3, name_of_which(which));
    if (!query.executeStep()) return none("content");
    const bool in_report = query.getColumn(2).isNull();
    return KeptContent{{query.getColumn(0).getInt64(), query.getColumn(1).getInt64()},
                       blob(query.getColumn(in_report ? 5 : 2)),
                       in_report,
                       time_of(query.getColumn(3)),
                       time_of(query.getColumn(4))};
  });
}

Result<std::map<std::string, KeptContent>> SqliteStore::contents(const std::string& tenant, const std::vector<std::string>& devices,
                                                                 Which which) {
  std::map<std::string, KeptContent> found;
  for (const auto& device : devices) {
    auto one = content(tenant, device, which);
    if (!one && one.error().kind == ErrorKind::not_found) continue;
    if (!one) return one.error();
    found.emplace(device, std::move(*one));
  }
  return found;
}

Status SqliteStore::put_full_content(const StoredReport& report, Time scanned_at) {
  return answered([&]() -> Status {
    about(prepared("DELETE FROM contents WHERE tenant = ? AND device = ? AND which = 'current'"), report.tenant, report.device).exec();
    put_content_row(report.tenant, report.device, Which::full, report.position, nullptr, scanned_at, report.stored_at);
    return Done{};
  });
}

Status SqliteStore::put_content(const std::string& tenant, const std::string& device, const KeptContent& kept) {
  return answered([&]() -> Status {
    put_content_row(tenant, device, Which::current, kept.position, &kept.body, kept.scanned_at, kept.received_at);
    return Done{};
  });
}

void SqliteStore::put_content_row(const std::string& tenant, const std::string& device, Which which, protocol::Position position,
                                  const std::string* body, Time scanned_at, Time received_at) {
  auto statement = about(prepared("INSERT OR REPLACE INTO contents (tenant, device, which, epoch, seq, content, scanned_at, received_at) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                         tenant, device);
  statement.bind(3, name_of_which(which));
  statement.bind(4, position.epoch);
  statement.bind(5, position.seq);
  if (body) statement.bind(6, body->data(), static_cast<int>(body->size()));
  statement.bind(7, seconds(scanned_at));
  statement.bind(8, seconds(received_at));
  statement.exec();
}

Result<std::string> SqliteStore::memory(const std::string& tenant, const std::string& device) {
  return answered([&]() -> Result<std::string> {
    auto query = about(prepared("SELECT memory FROM memories WHERE tenant = ? AND device = ?"), tenant, device);
    if (!query.executeStep()) return none("memory");
    return query.getColumn(0).getString();
  });
}

Status SqliteStore::put_memory(const std::string& tenant, const std::string& device, const std::string& memory) {
  return answered([&]() -> Status {
    auto statement = about(prepared("INSERT OR REPLACE INTO memories (tenant, device, memory) VALUES (?, ?, ?)"), tenant, device);
    statement.bind(3, memory);
    statement.exec();
    return Done{};
  });
}

}  // namespace gokajo::hub
