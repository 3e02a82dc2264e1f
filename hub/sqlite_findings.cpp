// What many PCs were found to be, with one question: states, causes, the findings of one check; those of one PC: sqlite_verdicts.cpp.
#include "hub/kept_finding.h"
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

// device, name, check_id, rule, required, verdict, since, form
DeviceFinding read_found(SQLite::Statement& row) {
  return {row.getColumn(0).getString(),
          row.getColumn(1).getString(),
          {row.getColumn(2).getString(),
           row.getColumn(3).getString(),
           row.getColumn(4).getInt64() != 0,
           named<Verdict>(row.getColumn(5).getString()),
           time_of(row.getColumn(6)),
           row.getColumn(7).getString(),
           {},
           {},
           {}}};
}

// The forms of those that are told alone: taking one apart costs more than finding it.
#define GOKAJO_FORM "json_extract(forms, '$[' || f.place || ']')"
#define GOKAJO_APPROVED \
  " AND device NOT IN (SELECT device FROM devices INDEXED BY devices_others WHERE tenant = ?1 AND standing <> 'approved')"
#define GOKAJO_BUT " AND device NOT IN (SELECT value FROM json_each(?2))"
#define GOKAJO_FOUND(found, form, order)                                                                                          \
  "SELECT f.device, d.name, f.check_id, f.rule, f.required, f.verdict, f.since, " form " FROM (" found                            \
  ") AS p CROSS JOIN findings AS f ON f.tenant = ?1 AND f.device = p.device AND f.check_id = p.check_id JOIN devices AS d USING " \
  "(tenant, device) LEFT JOIN finding_forms AS w USING (tenant, device) ORDER BY " order
constexpr const char* kOfCheck = GOKAJO_FOUND(
    "SELECT f.device, f.check_id FROM findings AS f INDEXED BY findings_by_check CROSS JOIN devices AS d USING (tenant, device) WHERE "
    "f.tenant = ?1 AND f.check_id = ?2 AND f.verdict = ?3 AND d.standing = 'approved' ORDER BY d.name, f.device LIMIT ?4 OFFSET ?5",
    GOKAJO_FORM, "d.name, f.device");
// Where most PCs have that verdict: by their names, until there are enough.
constexpr const char* kOfManyByName = GOKAJO_FOUND(
    "SELECT d.device, ?2 AS check_id FROM devices AS d INDEXED BY devices_by_name WHERE d.tenant = ?1 AND d.standing <> 'removed' AND "
    "d.standing = 'approved' AND EXISTS (SELECT 1 FROM findings AS g WHERE g.tenant = ?1 AND g.check_id = ?2 AND g.verdict = ?3 AND "
    "g.device = d.device) ORDER BY d.name, d.device LIMIT ?4 OFFSET ?5",
    GOKAJO_FORM, "d.name, f.device");
// Where every PC has some verdict of it and most this one: those with another are found first, for each one alone costs more.
constexpr const char* kOfMost = GOKAJO_FOUND(
    "SELECT d.device, ?2 AS check_id FROM devices AS d INDEXED BY devices_by_name WHERE d.tenant = ?1 AND d.standing <> 'removed' AND "
    "d.standing = 'approved' AND d.device NOT IN (SELECT device FROM findings INDEXED BY findings_by_check WHERE tenant = ?1 AND check_id "
    "= "
    "?2 AND verdict IN ('pass', 'fail', 'unknown', 'ask', 'not_applicable') AND verdict <> ?3) ORDER BY d.name, d.device LIMIT ?4 OFFSET "
    "?5",
    GOKAJO_FORM, "d.name, f.device");
constexpr const char* kOfCause = GOKAJO_FOUND(
    "SELECT device, check_id FROM findings INDEXED BY findings_to_do WHERE tenant = ?1 AND to_do <> 'none' AND to_do = 'now' AND check_id "
    "= ?3 AND situation = "
    "?4" GOKAJO_APPROVED GOKAJO_BUT
    " AND (SELECT silent_at FROM devices AS e WHERE e.tenant = ?1 AND e.device = findings.device) IS NULL ORDER BY late_since, device "
    "LIMIT ?5",
    "CASE WHEN row_number() OVER (ORDER BY f.late_since, f.device) <= ?6 THEN " GOKAJO_FORM " END", "f.late_since, f.device");
constexpr const char* kCauses =
    "SELECT substr(what, length('" GOKAJO_CAUSE_COUNTER
    "') + 1), verdict, devices FROM counters WHERE tenant = ?1 AND what >= "
    "'" GOKAJO_CAUSE_COUNTER
    "' AND what < 'cause0' AND devices > 0 UNION ALL SELECT check_id || '/' || situation, rule, -count(*) FROM "
    "json_each(?2) AS o CROSS JOIN findings ON tenant = ?1 AND device = o.value WHERE to_do = 'now'" GOKAJO_APPROVED
    " GROUP BY check_id, situation, rule";
// By its names from so many PCs on.
constexpr std::int64_t kMany = 5000;

}  // namespace

Result<std::vector<DeviceRule>> SqliteStore::rules_of(const std::string& tenant, const std::vector<std::string>& devices) {
  return answered([&]() -> Result<std::vector<DeviceRule>> {
    auto query = prepared(
        "SELECT device, verdicts FROM json_each(?2) AS o CROSS JOIN devices ON tenant = ?1 AND device = o.value WHERE standing = "
        "'approved' ORDER BY device");
    query.bind(1, tenant);
    query.bind(2, as_list(devices));
    std::vector<DeviceRule> found;
    while (query.executeStep()) {
      const auto device = query.getColumn(0).getString();
      if (!read_verdicts(device, query.getColumn(1).getString(), found)) damaged_row("verdicts of rules");
    }
    return found;
  });
}

Result<std::map<std::string, std::int64_t>> SqliteStore::state_counts(const std::string& tenant) {
  return answered([&]() -> Result<std::map<std::string, std::int64_t>> {
    auto query = prepared("SELECT verdict, devices FROM counters WHERE tenant = ? AND what = '" GOKAJO_STATE_COUNTER "' AND devices > 0");
    query.bind(1, tenant);
    std::map<std::string, std::int64_t> found;
    while (query.executeStep()) found[query.getColumn(0).getString()] = query.getColumn(1).getInt64();
    return found;
  });
}

Result<std::vector<std::string>> SqliteStore::states_of(const std::string& tenant, const std::vector<std::string>& devices) {
  return answered([&]() -> Result<std::vector<std::string>> {
    auto query = prepared(
        "SELECT state FROM json_each(?2) AS o CROSS JOIN devices ON tenant = ?1 AND device = o.value WHERE standing = 'approved' "
        "ORDER BY device");
    query.bind(1, tenant);
    query.bind(2, as_list(devices));
    std::vector<std::string> found;
    while (query.executeStep()) found.push_back(query.getColumn(0).getString());
    return found;
  });
}

Result<std::vector<NamedDevice>> SqliteStore::catching_up(const std::string& tenant, const std::vector<std::string>& but, bool alone,
                                                          std::int64_t limit) {
  return answered([&]() -> Result<std::vector<NamedDevice>> {
    auto query = prepared(
        "SELECT device, name FROM findings INDEXED BY findings_to_do CROSS JOIN devices USING (tenant, device) WHERE tenant = ?1 AND to_do "
        "<> 'none' AND to_do "
        "= 'catching_up' AND standing = 'approved' AND silent_at IS NULL AND (?3 = 0 OR state = 'catching_up')" GOKAJO_BUT
        " ORDER BY name, device LIMIT ?4");
    query.bind(1, tenant);
    query.bind(2, as_list(but));
    query.bind(3, alone ? 1 : 0);
    query.bind(4, limit);
    return all_named(query.raw());
  });
}

Result<std::vector<Cause>> SqliteStore::causes(const std::string& tenant, const std::vector<std::string>& but) {
  return answered([&]() -> Result<std::vector<Cause>> {
    auto query = prepared(kCauses);
    query.bind(1, tenant);
    query.bind(2, as_list(but));
    std::vector<Cause> found;
    while (query.executeStep())
      add_cause(query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getInt64(), found);
    std::erase_if(found, [](const Cause& cause) { return cause.pcs <= 0; });
    return found;
  });
}

Result<std::vector<DeviceFinding>> SqliteStore::findings_of_cause(const std::string& tenant, const std::string& check,
                                                                  const std::string& situation, const std::vector<std::string>& but,
                                                                  std::int64_t limit, std::int64_t forms) {
  return answered([&]() -> Result<std::vector<DeviceFinding>> {
    auto query = prepared(kOfCause);
    query.bind(1, tenant);
    query.bind(2, as_list(but));
    query.bind(3, check);
    query.bind(4, situation);
    query.bind(5, limit);
    query.bind(6, forms);
    std::vector<DeviceFinding> found;
    while (query.executeStep()) found.push_back(read_found(query.raw()));
    return found;
  });
}

Result<std::vector<DeviceFinding>> SqliteStore::findings_of_check(const std::string& tenant, const std::string& check, Verdict verdict,
                                                                  std::int64_t offset, std::int64_t limit) {
  return answered([&]() -> Result<std::vector<DeviceFinding>> {
    std::int64_t pcs = 0, judged = 0, approved = 0;
    {
      auto count =
          prepared("SELECT verdict, devices, what = 'device' FROM counters WHERE tenant = ?1 AND (what IN ('" GOKAJO_CHECK_COUNTER
                   "' || ?2, '" GOKAJO_SILENT_COUNTER GOKAJO_CHECK_COUNTER "' || ?2) OR (what = 'device' AND verdict = 'approved'))");
      count.bind(1, tenant);
      count.bind(2, check);
      while (count.executeStep()) {
        const auto devices = count.getColumn(1).getInt64();
        if (count.getColumn(2).getInt() != 0) {
          approved = devices;
          continue;
        }
        judged += devices;
        if (count.getColumn(0).getString() == name_of(verdict)) pcs += devices;
      }
    }
    auto query = prepared(pcs <= kMany ? kOfCheck : judged == approved && pcs > approved / 2 ? kOfMost : kOfManyByName);
    query.bind(1, tenant);
    query.bind(2, check);
    query.bind(3, name_of(verdict));
    query.bind(4, limit);
    query.bind(5, offset);
    std::vector<DeviceFinding> found;
    while (query.executeStep()) found.push_back(read_found(query.raw()));
    return found;
  });
}

// `prefix` ends with '/', behind which '0' comes.
CheckCounts SqliteStore::counted_checks(const std::string& tenant, const std::string& prefix) {
  auto query = prepared("SELECT what, verdict, devices FROM counters WHERE tenant = ? AND what >= ? AND what < ? AND devices > 0");
  query.bind(1, tenant);
  query.bind(2, prefix);
  query.bind(3, prefix.substr(0, prefix.size() - 1) + '0');
  CheckCounts found;
  while (query.executeStep())
    found[query.getColumn(0).getString().substr(prefix.size())][named<Verdict>(query.getColumn(1).getString())] =
        query.getColumn(2).getInt64();
  return found;
}

Result<CheckCounts> SqliteStore::check_counts(const std::string& tenant) {
  return answered([&]() -> Result<CheckCounts> { return counted_checks(tenant, GOKAJO_CHECK_COUNTER); });
}

Result<CheckCounts> SqliteStore::silent_check_counts(const std::string& tenant) {
  return answered([&]() -> Result<CheckCounts> { return counted_checks(tenant, GOKAJO_SILENT_COUNTER GOKAJO_CHECK_COUNTER); });
}

Result<CheckCounts> SqliteStore::check_counts_of(const std::string& tenant, const std::vector<std::string>& devices,
                                                 const std::string& check) {
  return answered([&]() -> Result<CheckCounts> {
    auto query = prepared(
        "SELECT check_id, verdict, count(*) FROM json_each(?2) AS o CROSS JOIN findings ON tenant = ?1 AND device = o.value WHERE (?3 = '' "
        "OR check_id = ?3)" GOKAJO_APPROVED " GROUP BY check_id, verdict");
    query.bind(1, tenant);
    query.bind(2, as_list(devices));
    query.bind(3, check);
    CheckCounts found;
    while (query.executeStep())
      found[query.getColumn(0).getString()][named<Verdict>(query.getColumn(1).getString())] = query.getColumn(2).getInt64();
    return found;
  });
}

}  // namespace gokajo::hub
