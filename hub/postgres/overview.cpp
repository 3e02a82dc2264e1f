// What the pages about a company read: many PCs with one question.
#include <algorithm>

#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

// As in hub/sqlite_overview.cpp: parameters 1 tenant, 2 `only`, 3 `but`, 4 group, 5 text, 6 rule, 7 verdicts, 8 limit, 9 offset. In COLLATE
// "C", where lower() is for ASCII alone as it is there. A server wants every parameter named, used or not.
std::string condition_of(const DeviceFilter& filter) {
  std::string text = "d.tenant = $1 AND d.standing <> 'removed'";
  if (filter.standing) text += " AND d.standing = '" + word_of(*filter.standing) + "'";
  if (filter.worst) text += " AND d.worst = " + std::to_string(*filter.worst);
  if (filter.only) text += " AND d.device = ANY($2::text[])";
  if (!filter.but.empty()) text += " AND d.device <> ALL($3::text[])";
  if (filter.group) text += " AND d.group_name = $4::text";
  if (filter.group && !filter.group->empty()) text += " AND d.group_name <> ''";  // for the index
  if (!filter.text.empty())
    text += " AND strpos(lower((d.label || chr(10) || d.host_name) COLLATE \"C\"), lower($5::text COLLATE \"C\")) > 0";
  if (filter.verdicts.empty()) return text;
  const bool unknown = std::find(filter.verdicts.begin(), filter.verdicts.end(), Verdict::unknown) != filter.verdicts.end();
  const std::string wanted = " AND verdict = ANY($7::text[])" + std::string(filter.rule.empty() ? "" : " AND rule = $6::text");
  if (filter.few || filter.rule.empty()) {
    text += " AND (d.device IN (SELECT device FROM rules WHERE tenant = $1" + wanted + ")";
  } else {
    text +=
        " AND (coalesce((SELECT verdict FROM rules AS r WHERE r.tenant = $1 AND r.device = d.device AND rule = $6::text), 'unknown') = "
        "ANY($7::text[])";
  }
  return text + (unknown && filter.rule.empty() ? " OR d.worst = 1)" : ")");
}

#define GOKAJO_ALL_NAMED \
  "($2::text[] IS NULL OR $3::text[] IS NULL OR $4::text IS NULL OR $5::text IS NULL OR $6::text IS NULL OR $7::text[] IS NULL OR TRUE)"

constexpr int kGroupColumn = 25;  // behind those of the device

Params params_of(const std::string& tenant, const DeviceFilter& filter) {
  Words verdicts;
  for (const auto verdict : filter.verdicts) verdicts.push_back(word_of(verdict));
  return Params(tenant, filter.only.value_or(Words{}), filter.but, filter.group.value_or(""), filter.text, filter.rule, verdicts);
}

// device, name, check_id, rule, required, verdict, since, form
DeviceFinding found_of(const Row& row) {
  return {row.text(0),
          row.text(1),
          {row.text(2),
           row.text(3),
           row.number(4) != 0,
           row.named<Verdict>(5),
           row.time(6),
           row.null(7) ? std::string() : row.text(7),
           {},
           {},
           {}}};
}

// The forms of those that are told alone: taking one apart costs more than finding it.
#define GOKAJO_FORM "NULLIF((w.forms::text::json -> f.place::int)::text, 'null')"
#define GOKAJO_APPROVED " AND device NOT IN (SELECT device FROM devices WHERE tenant = $1 AND standing <> 'approved')"
#define GOKAJO_BUT " AND device <> ALL($2::text[])"
#define GOKAJO_FOUND(found, order)                                                                                                 \
  "WITH p AS MATERIALIZED (" found ") SELECT f.device, d.name, f.check_id, f.rule, f.required, f.verdict, f.since, " GOKAJO_FORM   \
  " FROM p JOIN findings AS f ON f.tenant = $1 AND f.device = p.device AND f.check_id = p.check_id JOIN devices AS d ON d.tenant " \
  "= f.tenant AND d.device = f.device LEFT JOIN finding_forms AS w ON w.tenant = f.tenant AND w.device = f.device ORDER BY " order
constexpr const char* kOfCheck = GOKAJO_FOUND(
    "SELECT g.device, g.check_id FROM findings AS g JOIN devices AS e ON e.tenant = g.tenant AND e.device = g.device WHERE g.tenant = $1 "
    "AND g.check_id = $2 AND g.verdict = $3 AND e.standing = 'approved' ORDER BY e.name, g.device LIMIT $4 OFFSET $5",
    "d.name, f.device");
constexpr const char* kOfManyByName = GOKAJO_FOUND(
    "SELECT e.device, $2::text AS check_id FROM devices AS e WHERE e.tenant = $1 AND e.standing <> 'removed' AND e.standing = 'approved' "
    "AND (SELECT TRUE FROM findings AS g WHERE g.tenant = $1 AND g.check_id = $2::text AND g.verdict = $3 AND g.device = e.device LIMIT 1) "
    "ORDER BY e.name, e.device LIMIT $4 OFFSET $5",
    "d.name, f.device");
constexpr const char* kOfCause = GOKAJO_FOUND(
    "SELECT device, check_id FROM findings WHERE tenant = $1 AND to_do <> 'none' AND to_do = 'now' AND check_id = $3 AND situation = "
    "$4" GOKAJO_APPROVED GOKAJO_BUT " ORDER BY late_since NULLS FIRST, device LIMIT $5",
    "f.late_since NULLS FIRST, f.device");
constexpr const char* kCauses =
    "SELECT check_id, situation, max(rule), count(*) FROM findings WHERE tenant = $1 AND to_do <> 'none' AND to_do = "
    "'now'" GOKAJO_APPROVED GOKAJO_BUT " GROUP BY check_id, situation ORDER BY check_id, situation";
constexpr std::int64_t kMany = 5000;  // as in hub/sqlite_overview.cpp

NamedDevice named_of(const Row& row) { return {row.text(0), row.text(1)}; }

}  // namespace

Result<std::vector<Device>> PostgresStore::quiet_devices(const std::string& tenant, Time unheard_before, Time now) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEVICE_COLUMNS
                  " FROM devices WHERE tenant = $1 AND standing = 'approved' AND device IN (SELECT device FROM devices WHERE tenant = $1 "
                  "AND heard_day <= $2 AND standing <> 'removed' UNION SELECT device FROM devices WHERE tenant = $1 AND resting_until IS "
                  "NOT NULL) AND (coalesce(last_receipt, enrolled) <= $3 OR resting_until > $4) ORDER BY label, host_name, device",
                  Params(tenant, heard_day_of(unheard_before), unheard_before, now));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Result<std::int64_t> PostgresStore::count_devices(const std::string& tenant, const DeviceFilter& filter) {
  auto rows = ask(tenant, text_of("SELECT count(*) FROM devices AS d WHERE " + condition_of(filter) + " AND " GOKAJO_ALL_NAMED),
                  params_of(tenant, filter));
  if (!rows) return rows.error();
  return (*rows)[0].number(0);
}

Result<std::vector<ListedDevice>> PostgresStore::page_devices(const std::string& tenant, const DeviceFilter& filter, DeviceOrder order,
                                                              std::int64_t offset, std::int64_t limit) {
  const std::string by = order == DeviceOrder::last_heard ? "heard_day, device" : "name, device";
  auto params = params_of(tenant, filter);
  params.add(at_most(limit));
  params.add(offset);
  // Those that are passed over are not read.
  auto rows = ask(tenant,
                  text_of("WITH p AS MATERIALIZED (SELECT d.device FROM devices AS d WHERE " + condition_of(filter) +
                          " AND " GOKAJO_ALL_NAMED " ORDER BY d." + (order == DeviceOrder::last_heard ? "heard_day" : "name") +
                          ", d.device LIMIT $8 OFFSET $9) SELECT " GOKAJO_DEVICE_COLUMNS
                          ", group_name FROM devices WHERE tenant = $1 AND device IN (SELECT device FROM p) ORDER BY " +
                          by),
                  params);
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return ListedDevice{device_of(row), row.text(kGroupColumn)}; });
}

Result<std::vector<Device>> PostgresStore::devices_behind(const std::string& tenant, const Device* last, std::int64_t limit) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEVICE_COLUMNS
                  " FROM devices WHERE tenant = $1 AND standing <> 'removed' AND (name, device) > ($2, $3) ORDER BY name, device LIMIT $4",
                  Params(tenant, last ? last->shown_name() : "", last ? last->id : "", at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Result<std::vector<DeviceRule>> PostgresStore::rules_of(const std::string& tenant, const std::vector<std::string>& devices) {
  auto rows =
      ask(tenant,
          "SELECT device, rule, verdict FROM rules WHERE tenant = $1 AND device = ANY($2::text[])" GOKAJO_APPROVED " ORDER BY device, rule",
          Params(tenant, devices));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return DeviceRule{row.text(0), row.text(1), row.named<Verdict>(2)}; });
}

Result<std::vector<NamedDevice>> PostgresStore::names_of(const std::string& tenant, const std::vector<std::string>& devices) {
  auto rows =
      ask(tenant,
          "SELECT device, name FROM devices WHERE tenant = $1 AND device = ANY($2::text[]) AND standing = 'approved' ORDER BY name, "
          "device",
          Params(tenant, devices));
  if (!rows) return rows.error();
  return rows->all(named_of);
}

Result<std::map<std::string, std::int64_t>> PostgresStore::state_counts(const std::string& tenant) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto rows = ask(tenant, "SELECT verdict, devices FROM counters WHERE tenant = $1 AND what = '" GOKAJO_STATE_COUNTER "' AND devices > 0",
                  Params(tenant));
  if (!rows) return rows.error();
  std::map<std::string, std::int64_t> found;
  for (int i = 0; i < rows->size(); ++i) found[(*rows)[i].text(0)] = (*rows)[i].number(1);
  return found;
}

Result<std::vector<std::string>> PostgresStore::states_of(const std::string& tenant, const std::vector<std::string>& devices) {
  auto rows =
      ask(tenant, "SELECT state FROM devices WHERE tenant = $1 AND device = ANY($2::text[]) AND standing = 'approved' ORDER BY device",
          Params(tenant, devices));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return row.text(0); });
}

Result<std::vector<NamedDevice>> PostgresStore::catching_up(const std::string& tenant, const std::vector<std::string>& but, bool alone,
                                                            std::int64_t limit) {
  auto rows =
      ask(tenant,
          "SELECT d.device, d.name FROM findings AS f JOIN devices AS d ON d.tenant = f.tenant AND d.device = f.device WHERE "
          "f.tenant = $1 AND f.to_do <> 'none' AND f.to_do = 'catching_up' AND d.standing = 'approved' AND ($3::bigint = 0 OR d.state = "
          "'catching_up') AND f.device <> ALL($2::text[]) ORDER BY d.name, d.device LIMIT $4",
          Params(tenant, but, alone ? 1 : 0, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(named_of);
}

Result<std::vector<Cause>> PostgresStore::causes(const std::string& tenant, const std::vector<std::string>& but) {
  auto rows = ask(tenant, kCauses, Params(tenant, but));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return Cause{row.text(0), row.text(1), row.text(2), row.number(3)}; });
}

Result<std::vector<DeviceFinding>> PostgresStore::findings_of_cause(const std::string& tenant, const std::string& check,
                                                                    const std::string& situation, const std::vector<std::string>& but,
                                                                    std::int64_t limit) {
  auto rows = ask(tenant, kOfCause, Params(tenant, but, check, situation, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(found_of);
}

Result<std::vector<DeviceFinding>> PostgresStore::findings_of_check(const std::string& tenant, const std::string& check, Verdict verdict,
                                                                    std::int64_t offset, std::int64_t limit) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto pcs = ask(tenant, "SELECT devices FROM counters WHERE tenant = $1 AND what = $2 AND verdict = $3",
                 Params(tenant, GOKAJO_CHECK_COUNTER + check, word_of(verdict)));
  if (!pcs) return pcs.error();
  const bool many = pcs->size() > 0 && (*pcs)[0].number(0) > kMany;
  auto rows = ask(tenant, many ? kOfManyByName : kOfCheck, Params(tenant, check, word_of(verdict), at_most(limit), offset));
  if (!rows) return rows.error();
  return rows->all(found_of);
}

Result<CheckCounts> PostgresStore::check_counts(const std::string& tenant) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto rows = ask(tenant,
                  "SELECT substr(what, length('" GOKAJO_CHECK_COUNTER
                  "') + 1), verdict, devices FROM counters WHERE tenant = $1 AND what >= "
                  "'" GOKAJO_CHECK_COUNTER "' AND what < 'check0' AND devices > 0",
                  Params(tenant));
  if (!rows) return rows.error();
  CheckCounts found;
  for (int i = 0; i < rows->size(); ++i) found[(*rows)[i].text(0)][(*rows)[i].named<Verdict>(1)] = (*rows)[i].number(2);
  if (rows->damage()) return *rows->damage();
  return found;
}

Result<CheckCounts> PostgresStore::check_counts_of(const std::string& tenant, const std::vector<std::string>& devices,
                                                   const std::string& check) {
  auto rows = ask(tenant,
                  "SELECT check_id, verdict, count(*) FROM findings WHERE tenant = $1 AND device = ANY($2::text[]) AND ($3::text = '' OR "
                  "check_id = $3::text)" GOKAJO_APPROVED " GROUP BY check_id, verdict",
                  Params(tenant, devices, check));
  if (!rows) return rows.error();
  CheckCounts found;
  for (int i = 0; i < rows->size(); ++i) found[(*rows)[i].text(0)][(*rows)[i].named<Verdict>(1)] = (*rows)[i].number(2);
  if (rows->damage()) return *rows->damage();
  return found;
}

Result<std::vector<Change>> PostgresStore::changes_of(const std::string& tenant, const std::string& device, std::int64_t limit) {
  auto rows =
      ask(tenant, "SELECT " GOKAJO_CHANGE_COLUMNS " FROM changes WHERE tenant = $1 AND device = $2 ORDER BY at DESC, id DESC LIMIT $3",
          Params(tenant, device, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(change_of);
}

}  // namespace gokajo::hub
