// Devices, their reports and contents.
#include <boost/algorithm/string/case_conv.hpp>

#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

constexpr const char* kDeviceById =
    "SELECT " GOKAJO_DEVICE_COLUMNS
    " FROM devices WHERE device = $1 ORDER BY standing = 'removed', enrolled DESC, standing, tenant LIMIT 1";
constexpr const char* kDevices = "SELECT " GOKAJO_DEVICE_COLUMNS " FROM devices WHERE tenant = $1 ORDER BY label, host_name, device";
constexpr const char* kPutDevice =
    "INSERT INTO devices (" GOKAJO_DEVICE_COLUMNS
    ", name, heard_day, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, "
    "$22, $23, "
    "$24, $25, $26, $27, $28, $29) ON "
    "CONFLICT (tenant, device) DO UPDATE SET name = excluded.name, search = excluded.search, heard_day = excluded.heard_day, label = "
    "excluded.label, host_name = "
    "excluded.host_name, agent_version = excluded.agent_version, standing = "
    "excluded.standing, epoch = excluded.epoch, current_epoch = excluded.current_epoch, current_seq = excluded.current_seq, latest_epoch = "
    "excluded.latest_epoch, latest_seq = excluded.latest_seq, code_hash = excluded.code_hash, clock_ahead_s = excluded.clock_ahead_s, "
    "discarded = excluded.discarded, enrolled = excluded.enrolled, last_receipt = excluded.last_receipt, last_scanned = "
    "excluded.last_scanned, scan_wanted = excluded.scan_wanted, resting_since = excluded.resting_since, resting_until = "
    "excluded.resting_until, system = excluded.system, vendor = excluded.vendor, model = excluded.model, memory_mib = excluded.memory_mib, "
    "silent_at = excluded.silent_at";

#define GOKAJO_BODY \
  " LEFT JOIN report_bodies b ON b.tenant = r.tenant AND b.device = r.device AND b.epoch = r.epoch AND b.seq = r.seq AND b.day = r.day "
constexpr const char* kReport = "SELECT r.body_sha256, b.body, r.stored_at, r.scanned_at, r.discarded FROM reports r" GOKAJO_BODY
                                "WHERE r.tenant = $1 AND r.device = $2 AND r.epoch = $3 AND r.seq = $4";
#undef GOKAJO_BODY
constexpr const char* kContent =
    "SELECT c.epoch, c.seq, c.content, c.scanned_at, c.received_at, r.day FROM contents c LEFT JOIN reports r ON c.content IS NULL AND "
    "r.tenant = c.tenant AND r.device = c.device AND r.epoch = c.epoch AND r.seq = c.seq WHERE c.tenant = $1 AND c.device = $2 AND c.which "
    "IN ('full', $3) ORDER BY c.which LIMIT 1";  // "current" before "full"
// Asked for with its day: joined, every day's table would be locked for it. Meanwhile it may have been put where what is kept is (day 0).
constexpr const char* kBody =
    "SELECT body FROM report_bodies WHERE tenant = $1 AND device = $2 AND epoch = $3 AND seq = $4 AND day IN ($5, 0)";

constexpr std::int64_t kDaySeconds = 86400;

const char* name_of_which(Store::Which which) { return which == Store::Which::full ? "full" : "current"; }

}  // namespace

Result<Device> PostgresStore::device_by_id(const std::string& id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second.device;
  auto rows = ask(kWholeHub, kDeviceById, Params(id));
  if (!rows) return rows.error();
  return rows->first("device", device_of);
}

Result<std::vector<Device>> PostgresStore::devices(const std::string& tenant) {
  auto rows = ask(tenant, kDevices, Params(tenant));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Result<std::int64_t> PostgresStore::highest_epoch(const std::string& id) {
  auto rows = ask(kWholeHub, "SELECT coalesce(max(epoch), 0) FROM devices WHERE device = $1", Params(id));
  if (!rows) return rows.error();
  return rows->first("device", [](const Row& row) { return row.number(0); });
}

Result<std::optional<Device>> PostgresStore::kept(const std::string& tenant, const std::string& id) {
  if (const auto* one = known(tenant, id)) return std::optional(one->device);
  auto rows = ask(tenant, "SELECT " GOKAJO_DEVICE_COLUMNS " FROM devices WHERE tenant = $1 AND device = $2", Params(tenant, id));
  if (!rows) return rows.error();
  if (rows->size() == 0) return std::optional<Device>();
  auto device = rows->first("device", device_of);
  if (!device) return device.error();
  return std::optional(std::move(*device));
}

Status PostgresStore::put_device(const Device& given) {
  const auto old = kept(given.tenant, given.id);
  if (!old) return old.error();
  const Stands before = *old ? Stands{word_of((*old)->standing), (*old)->silent_at.has_value()} : Stands{};
  auto device = given;
  device.silent_at = *old && keeps_mark(**old, device) ? (*old)->silent_at : std::nullopt;
  const Stands after{word_of(device.standing), device.silent_at.has_value()};
  if (before != after) {
    if (auto counted = count(device.tenant, device.id, before, -1); !counted) return counted;
    if (auto counted = count(device.tenant, device.id, after, +1); !counted) return counted;
  }
  if (auto* one = known(device.tenant, device.id); one && device.standing != Standing::removed)
    one->device = device;
  else
    known_.erase(device.id);
  auto params = params_of(device);
  params.add(device.shown_name());
  params.add(heard_day_of(device.last_receipt.value_or(device.enrolled)));
  params.add(boost::algorithm::to_lower_copy(device.label + "\n" + device.host_name, std::locale::classic()));
  return tell(device.tenant, kPutDevice, params);
}

Result<StoredReport> PostgresStore::report(const std::string& tenant, const std::string& device, protocol::Position position) {
  if (const auto* one = known(tenant, device); one && !one->stored && one->expected.contains(position))
    return Error{ErrorKind::not_found, "store: no such report"};
  auto rows = ask(tenant, kReport, Params(tenant, device, position.epoch, position.seq));
  if (!rows) return rows.error();
  return rows->first("report", [&](const Row& row) {
    return StoredReport{tenant, device, position, row.text(0), row.blob(1), row.time(2), row.optional_time(3), row.optional_number(4)};
  });
}

Status PostgresStore::add_report(const StoredReport& report) {
  if (auto* one = known(report.tenant, report.device)) one->stored = true;
  const auto day = report.stored_at.time_since_epoch().count() / kDaySeconds;
  if (day > 0 && days_.insert(day).second)
    if (auto made = tell(kWholeHub, "SELECT make_day($1)", Params(day)); !made) return made;
  const auto& position = report.position;
  auto told =
      tell(report.tenant,
           "INSERT INTO reports (tenant, device, epoch, seq, body_sha256, stored_at, scanned_at, discarded, day) VALUES ($1, $2, $3, "
           "$4, $5, $6, $7, $8, $9)",
           Params(report.tenant, report.device, position.epoch, position.seq, report.body_sha256, report.stored_at, report.scanned_at,
                  report.discarded, std::max<std::int64_t>(day, 0)));
  if (!told) return told;
  return tell(report.tenant, "INSERT INTO report_bodies (tenant, device, epoch, seq, day, body) VALUES ($1, $2, $3, $4, $5, $6)",
              Params(report.tenant, report.device, position.epoch, position.seq, std::max<std::int64_t>(day, 0), Blob{report.body}));
}

Result<std::vector<ReportMark>> PostgresStore::report_marks(const std::string& tenant, const std::string& device, Time from, Time until) {
  auto rows =
      ask(tenant,
          "SELECT epoch, seq, stored_at, scanned_at, discarded FROM reports WHERE tenant = $1 AND device = $2 AND stored_at >= $3 AND "
          "stored_at < $4 ORDER BY epoch, seq",
          Params(tenant, device, from, until));
  if (!rows) return rows.error();
  return rows->all(
      [](const Row& row) { return ReportMark{{row.number(0), row.number(1)}, row.time(2), row.optional_time(3), row.optional_number(4)}; });
}

Result<KeptContent> PostgresStore::content(const std::string& tenant, const std::string& device, Which which) {
  auto found = contents(tenant, {device}, which);
  if (!found) return found.error();
  if (found->empty()) return Error{ErrorKind::not_found, "store: no such content"};
  return std::move(found->begin()->second);
}

Result<std::map<std::string, KeptContent>> PostgresStore::contents(const std::string& tenant, const std::vector<std::string>& devices,
                                                                   Which which) {
  if (devices.empty()) return std::map<std::string, KeptContent>();
  connection_->within(tenant);
  std::vector<Connection::Question> questions, bodies;
  for (const auto& device : devices) questions.push_back({kContent, Params(tenant, device, name_of_which(which))});
  auto answered = connection_->ask_all(questions);
  if (!answered) return answered.error();
  std::map<std::string, KeptContent> found;
  std::vector<KeptContent*> in_reports;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    auto& rows = (*answered)[i];
    if (rows.size() == 0) continue;
    const auto kept = rows.first("content", [](const Row& row) {
      const bool in_report = row.null(2);
      return KeptContent{{row.number(0), row.number(1)}, in_report ? std::string() : row.blob(2), in_report, row.time(3), row.time(4)};
    });
    if (!kept) return kept.error();
    auto& one = found.insert_or_assign(devices[i], *kept).first->second;
    if (!one.in_report) continue;
    bodies.push_back({kBody, Params(tenant, devices[i], one.position.epoch, one.position.seq, rows[0].number(5))});
    in_reports.push_back(&one);
  }
  if (bodies.empty()) return found;
  answered = connection_->ask_all(bodies);
  if (!answered) return answered.error();
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    auto& rows = (*answered)[i];
    if (rows.size() == 0) return Error{ErrorKind::failed, "database: a report has lost its body"};  // never as if nothing had come
    auto body = rows.first("body of a report", [](const Row& row) { return row.blob(0); });
    if (!body) return body.error();
    in_reports[i]->body = std::move(*body);
  }
  return found;
}

Status PostgresStore::put_full_content(const StoredReport& report, Time scanned_at) {
  if (auto told = tell(report.tenant, "DELETE FROM contents WHERE tenant = $1 AND device = $2 AND which = 'current'",
                       Params(report.tenant, report.device));
      !told)
    return told;
  return put_content_row(report.tenant, report.device, Which::full, report.position, nullptr, scanned_at, report.stored_at);
}

Status PostgresStore::put_content(const std::string& tenant, const std::string& device, const KeptContent& kept) {
  return put_content_row(tenant, device, Which::current, kept.position, &kept.body, kept.scanned_at, kept.received_at);
}

// `body` null: the content is in the report.
Status PostgresStore::put_content_row(const std::string& tenant, const std::string& device, Which which, protocol::Position position,
                                      const std::string* body, Time scanned_at, Time received_at) {
  return tell(tenant,
              "INSERT INTO contents (tenant, device, which, epoch, seq, content, scanned_at, received_at) VALUES ($1, $2, $3, $4, $5, $6, "
              "$7, $8) ON CONFLICT (tenant, device, which) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, content = "
              "excluded.content, scanned_at = excluded.scanned_at, received_at = excluded.received_at",
              Params(tenant, device, name_of_which(which), position.epoch, position.seq, body ? std::optional(Blob{*body}) : std::nullopt,
                     scanned_at, received_at));
}

Result<std::string> PostgresStore::memory(const std::string& tenant, const std::string& device) {
  if (const auto* one = known(tenant, device)) {
    if (!one->memory) return Error{ErrorKind::not_found, "store: no such memory"};
    return *one->memory;
  }
  auto rows = ask(tenant, "SELECT memory FROM memories WHERE tenant = $1 AND device = $2", Params(tenant, device));
  if (!rows) return rows.error();
  return rows->first("memory", [](const Row& row) { return row.text(0); });
}

Status PostgresStore::put_memory(const std::string& tenant, const std::string& device, const std::string& memory) {
  if (auto* one = known(tenant, device)) one->memory = memory;
  return tell(tenant,
              "INSERT INTO memories (tenant, device, memory) VALUES ($1, $2, $3) ON CONFLICT (tenant, device) DO UPDATE SET memory = "
              "excluded.memory",
              Params(tenant, device, memory));
}

}  // namespace gokajo::hub
