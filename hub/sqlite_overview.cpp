// What the pages about a company read: many PCs with one question.
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"
#include "platform/json_form.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Done;

namespace {

std::string as_list(const std::vector<std::string>& ids) { return platform::to_form(ids).dump(); }

// Parameters: 1 tenant, 2 now, 3 unheard before, 4 ids that are heard all the same, 5 kind, 6 verdict, 7 rule, 8 group, 9 text. `worst` is
// that of put_rules().
#define GOKAJO_NAME "CASE WHEN label = '' THEN host_name ELSE label END"
#define GOKAJO_LISTED                                                                                                                      \
  " FROM (SELECT *, coalesce(last_receipt, enrolled) AS heard, resting_until IS NOT NULL AND resting_until > ?2 AS rests, resting_until "  \
  "IS NOT NULL AND resting_until > ?2 AND last_receipt > resting_since AND worst = 0 AS fails_at_rest FROM devices WHERE tenant = ?1 AND " \
  "standing <> 'removed') AS d WHERE (?5 = 'any' OR ?5 = 'waiting' AND standing = 'waiting' OR standing = 'approved' AND (?5 = 'resting' " \
  "AND rests OR ?5 = 'silent' AND " GOKAJO_SILENT                                                                                          \
  ")) AND (?8 IS NULL OR group_name = ?8) AND (?9 = '' OR instr(lower(label || char(10) || host_name), lower(?9)) > 0) AND (?6 IS NULL "   \
  "OR standing = 'approved' AND NOT " GOKAJO_SILENT                                                                                        \
  " AND (NOT rests OR fails_at_rest AND ?6 = 'fail') AND CASE WHEN ?7 <> '' THEN coalesce((SELECT verdict FROM rules WHERE rules.tenant "  \
  "= ?1 AND rules.device = d.device AND rule = ?7), 'unknown') IN (?6, iif(?6 = 'pass', 'not_applicable', '')) WHEN ?6 = 'fail' THEN "     \
  "worst = 0 WHEN ?6 = 'pass' THEN worst = 3 ELSE ?6 = 'unknown' AND worst = 1 OR EXISTS (SELECT 1 FROM rules WHERE rules.tenant = ?1 "    \
  "AND rules.device = d.device AND verdict = ?6) END)"
#define GOKAJO_SILENT "(NOT rests AND heard <= ?3 AND d.device NOT IN (SELECT value FROM json_each(?4)))"
#define GOKAJO_PAGE " LIMIT ?10 OFFSET ?11"
#define GOKAJO_SELECT "SELECT " GOKAJO_DEVICE_COLUMNS ", group_name" GOKAJO_LISTED
constexpr const char* kCount = "SELECT count(*)" GOKAJO_LISTED;
constexpr const char* kByWorst =
    GOKAJO_SELECT " ORDER BY CASE WHEN standing = 'waiting' THEN 6 WHEN rests AND NOT fails_at_rest THEN 5 WHEN " GOKAJO_SILENT
                  " THEN 1 WHEN worst = 0 THEN 0 ELSE worst + 1 END, " GOKAJO_NAME ", device" GOKAJO_PAGE;
constexpr const char* kByName = GOKAJO_SELECT " ORDER BY " GOKAJO_NAME ", device" GOKAJO_PAGE;
constexpr const char* kByLastHeard = GOKAJO_SELECT " ORDER BY heard, device" GOKAJO_PAGE;

void bind_query(SQLite::Statement& statement, const std::string& tenant, const DeviceQuery& query) {
  statement.bind(1, tenant);
  statement.bind(2, seconds(query.silence.now));
  statement.bind(3, seconds(query.silence.unheard_before));
  statement.bind(4, as_list(query.silence.heard));
  statement.bind(5, name_of(query.kind));
  if (query.verdict) statement.bind(6, name_of(*query.verdict));
  statement.bind(7, query.rule);
  if (query.group) statement.bind(8, *query.group);
  statement.bind(9, query.text);
}

// device, name, check_id, rule, required, verdict, since, form
DeviceFinding read_found(SQLite::Statement& row) {
  return {row.getColumn(0).getString(),
          row.getColumn(1).getString(),
          {row.getColumn(2).getString(), row.getColumn(3).getString(), row.getColumn(4).getInt64() != 0,
           named<Verdict>(row.getColumn(5).getString()), time_of(row.getColumn(6)), row.getColumn(7).getString()}};
}

#define GOKAJO_FORM "json_extract(forms, '$[' || f.place || ']')"
constexpr const char* kFailures =
    "SELECT f.device, " GOKAJO_NAME ", f.check_id, f.rule, f.required, f.verdict, f.since, " GOKAJO_FORM
    " FROM findings AS f JOIN devices AS d USING (tenant, device) LEFT JOIN finding_forms AS w USING (tenant, device) WHERE f.tenant = ?1 "
    "AND d.standing = 'approved' AND f.required = 1 AND f.verdict = 'fail' ORDER BY f.device, f.place";
// The forms of those that are told alone: taking one apart costs more than finding it.
constexpr const char* kOfCheck =
    "SELECT f.device, f.name, f.check_id, f.rule, f.required, f.verdict, f.since, " GOKAJO_FORM
    " FROM (SELECT tenant, device, place, check_id, rule, required, verdict, since, " GOKAJO_NAME
    " AS name, CASE verdict WHEN 'fail' THEN 0 WHEN 'ask' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END AS urgency FROM findings JOIN devices "
    "USING (tenant, device) WHERE tenant = ?1 AND standing = 'approved' AND check_id = ?2 AND verdict IN ('fail', 'ask', 'unknown', "
    "'pass') "
    "ORDER BY urgency, name, device LIMIT ?3 OFFSET ?4) AS f LEFT JOIN finding_forms AS w USING (tenant, device) ORDER BY f.urgency, "
    "f.name, "
    "f.device";

}  // namespace

Result<std::vector<Device>> SqliteStore::quiet_devices(const std::string& tenant, Time unheard_before, Time now) {
  return answered([&]() -> Result<std::vector<Device>> {
    auto query = prepared("SELECT " GOKAJO_DEVICE_COLUMNS
                          " FROM devices WHERE tenant = ? AND standing = 'approved' AND (coalesce(last_receipt, enrolled) <= ? OR "
                          "resting_until > ?) ORDER BY label, host_name, device");
    query.bind(1, tenant);
    query.bind(2, seconds(unheard_before));
    query.bind(3, seconds(now));
    std::vector<Device> found;
    while (query.executeStep()) found.push_back(read_device(query.raw()));
    return found;
  });
}

Result<DevicePage> SqliteStore::list_devices(const std::string& tenant, const DeviceQuery& wanted) {
  return answered([&]() -> Result<DevicePage> {
    DevicePage page;
    {
      auto count = prepared(kCount);
      bind_query(count.raw(), tenant, wanted);
      count.executeStep();
      page.all = count.getColumn(0).getInt64();
    }
    auto query = prepared(wanted.order == DeviceOrder::worst ? kByWorst : wanted.order == DeviceOrder::name ? kByName : kByLastHeard);
    bind_query(query.raw(), tenant, wanted);
    query.bind(10, wanted.limit);
    query.bind(11, wanted.offset);
    while (query.executeStep()) page.devices.push_back({read_device(query.raw()), query.getColumn(21).getString()});
    return page;
  });
}

Result<std::vector<DeviceRule>> SqliteStore::rules_of(const std::string& tenant, const std::vector<std::string>& devices) {
  return answered([&]() -> Result<std::vector<DeviceRule>> {
    // Those that do not count are few.
    auto query = devices.empty() ? prepared(
                                       "SELECT device, rule, verdict FROM rules WHERE tenant = ?1 AND device NOT IN (SELECT device FROM "
                                       "devices WHERE tenant = ?1 AND standing <> 'approved')")
                                 : prepared(
                                       "SELECT device, rule, verdict FROM rules WHERE tenant = ?1 AND device IN (SELECT value FROM "
                                       "json_each(?2)) AND device NOT IN (SELECT device FROM devices WHERE tenant = ?1 AND standing <> "
                                       "'approved')");
    query.bind(1, tenant);
    if (!devices.empty()) query.bind(2, as_list(devices));
    std::vector<DeviceRule> found;
    while (query.executeStep())
      found.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), named<Verdict>(query.getColumn(2).getString())});
    return found;
  });
}

Result<std::vector<DeviceFinding>> SqliteStore::required_failures(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<DeviceFinding>> {
    auto query = prepared(kFailures);
    query.bind(1, tenant);
    std::vector<DeviceFinding> found;
    while (query.executeStep()) found.push_back(read_found(query.raw()));
    return found;
  });
}

Result<std::vector<DeviceFinding>> SqliteStore::findings_of_check(const std::string& tenant, const std::string& check, std::int64_t offset,
                                                                  std::int64_t limit) {
  return answered([&]() -> Result<std::vector<DeviceFinding>> {
    auto query = prepared(kOfCheck);
    query.bind(1, tenant);
    query.bind(2, check);
    query.bind(3, limit);
    query.bind(4, offset);
    std::vector<DeviceFinding> found;
    while (query.executeStep()) found.push_back(read_found(query.raw()));
    return found;
  });
}

Result<CheckCounts> SqliteStore::check_counts(const std::string& tenant, const std::vector<std::string>& but) {
  return answered([&]() -> Result<CheckCounts> {
    // All of them by the index alone, and then without the few that do not count.
    CheckCounts found;
    auto all = prepared("SELECT check_id, verdict, count(*) FROM findings WHERE tenant = ? GROUP BY check_id, verdict");
    all.bind(1, tenant);
    while (all.executeStep())
      found[all.getColumn(0).getString()][named<Verdict>(all.getColumn(1).getString())] = all.getColumn(2).getInt64();
    auto others = prepared(
        "SELECT check_id, verdict, count(*) FROM (SELECT value AS other FROM json_each(?2) UNION SELECT device FROM devices WHERE tenant = "
        "?1 "
        "AND standing <> 'approved') CROSS JOIN findings ON tenant = ?1 AND device = other GROUP BY check_id, verdict");
    others.bind(1, tenant);
    others.bind(2, as_list(but));
    while (others.executeStep()) {
      auto& counts = found[others.getColumn(0).getString()];
      auto& left = counts[named<Verdict>(others.getColumn(1).getString())];
      left -= others.getColumn(2).getInt64();
      if (left == 0) counts.erase(named<Verdict>(others.getColumn(1).getString()));
      if (counts.empty()) found.erase(others.getColumn(0).getString());
    }
    return found;
  });
}

Result<std::vector<Change>> SqliteStore::changes_of(const std::string& tenant, const std::string& device, std::int64_t limit) {
  return answered([&]() -> Result<std::vector<Change>> {
    auto query = prepared("SELECT " GOKAJO_CHANGE_COLUMNS
                          " FROM changes WHERE tenant = ? AND device = ? ORDER BY at DESC, "
                          "rowid DESC LIMIT ?");
    query.bind(1, tenant);
    query.bind(2, device);
    query.bind(3, limit);
    return all_changes(query.raw());
  });
}

}  // namespace gokajo::hub
