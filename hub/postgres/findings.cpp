// What many PCs were found to be, with one question: states, causes, the findings of one check; those of one PC: verdicts.cpp.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

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
#define GOKAJO_FOUND(found, form, order)                                                                                           \
  "WITH p AS MATERIALIZED (" found ") SELECT f.device, d.name, f.check_id, f.rule, f.required, f.verdict, f.since, " form          \
  " FROM p JOIN findings AS f ON f.tenant = $1 AND f.device = p.device AND f.check_id = p.check_id JOIN devices AS d ON d.tenant " \
  "= f.tenant AND d.device = f.device LEFT JOIN finding_forms AS w ON w.tenant = f.tenant AND w.device = f.device ORDER BY " order
// All of them first: the server takes few for many, and would look through all PCs by name for them.
constexpr const char* kOfCheck = GOKAJO_FOUND(
    "WITH g AS MATERIALIZED (SELECT device, check_id FROM findings WHERE tenant = $1 AND check_id = $2 AND verdict = $3) SELECT g.device, "
    "g.check_id FROM g JOIN devices AS e ON e.tenant = $1 AND e.device = g.device WHERE e.standing = 'approved' ORDER BY e.name, g.device "
    "LIMIT $4 OFFSET $5",
    GOKAJO_FORM, "d.name, f.device");
constexpr const char* kOfManyByName = GOKAJO_FOUND(
    "SELECT e.device, $2::text AS check_id FROM devices AS e WHERE e.tenant = $1 AND e.standing <> 'removed' AND e.standing = 'approved' "
    "AND (SELECT TRUE FROM findings AS g WHERE g.tenant = $1 AND g.check_id = $2::text AND g.verdict = $3 AND g.device = e.device LIMIT 1) "
    "ORDER BY e.name, e.device LIMIT $4 OFFSET $5",
    GOKAJO_FORM, "d.name, f.device");
constexpr const char* kOfMost = GOKAJO_FOUND(
    "SELECT e.device, $2::text AS check_id FROM devices AS e WHERE e.tenant = $1 AND e.standing <> 'removed' AND e.standing = 'approved' "
    "AND e.device NOT IN (SELECT g.device FROM findings AS g WHERE g.tenant = $1 AND g.check_id = $2::text AND g.verdict = ANY "
    "(array_remove('{pass,fail,unknown,ask,not_applicable}'::text[], $3::text))) ORDER BY e.name, e.device LIMIT $4 OFFSET $5",
    GOKAJO_FORM, "d.name, f.device");
constexpr const char* kOfCause = GOKAJO_FOUND(
    "SELECT device, check_id FROM findings WHERE tenant = $1 AND to_do <> 'none' AND to_do = 'now' AND check_id = $3 AND situation = "
    "$4" GOKAJO_APPROVED GOKAJO_BUT
    " AND (SELECT silent_at FROM devices AS e WHERE e.tenant = $1 AND e.device = findings.device) IS NULL ORDER BY late_since NULLS FIRST, "
    "device LIMIT $5",
    "CASE WHEN row_number() OVER (ORDER BY f.late_since NULLS FIRST, f.device) <= $6 THEN " GOKAJO_FORM " END",
    "f.late_since NULLS FIRST, f.device");
constexpr const char* kCauses =
    "SELECT substr(what, length('" GOKAJO_CAUSE_COUNTER
    "') + 1), verdict, devices FROM counters WHERE tenant = $1 AND what >= "
    "'" GOKAJO_CAUSE_COUNTER
    "' AND what < 'cause0' AND devices > 0 UNION ALL SELECT check_id || '/' || situation, rule, -count(*) FROM "
    "findings WHERE tenant = $1 AND device = ANY($2::text[]) AND to_do = 'now'" GOKAJO_APPROVED " GROUP BY check_id, situation, rule";
constexpr std::int64_t kMany = 5000;  // as in hub/sqlite_findings.cpp

}  // namespace

Result<std::vector<DeviceRule>> PostgresStore::rules_of(const std::string& tenant, const std::vector<std::string>& devices) {
  auto rows = ask(tenant,
                  "SELECT device, verdicts FROM devices WHERE tenant = $1 AND device = ANY($2::text[]) AND standing = 'approved' ORDER BY "
                  "device",
                  Params(tenant, devices));
  if (!rows) return rows.error();
  std::vector<DeviceRule> found;
  for (int i = 0; i < rows->size(); ++i)
    if (const auto row = (*rows)[i]; !read_verdicts(row.text(0), row.text(1), found)) row.damaged("verdicts of rules");
  if (rows->damage()) return *rows->damage();
  return found;
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
  auto rows = ask(tenant,
                  "SELECT d.device, d.name FROM findings AS f JOIN devices AS d ON d.tenant = f.tenant AND d.device = f.device WHERE "
                  "f.tenant = $1 AND f.to_do <> 'none' AND f.to_do = 'catching_up' AND d.standing = 'approved' AND d.silent_at IS NULL AND "
                  "($3::bigint = 0 OR d.state = "
                  "'catching_up') AND f.device <> ALL($2::text[]) ORDER BY d.name, d.device LIMIT $4",
                  Params(tenant, but, alone ? 1 : 0, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(named_of);
}

Result<std::vector<Cause>> PostgresStore::causes(const std::string& tenant, const std::vector<std::string>& but) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto rows = ask(tenant, kCauses, Params(tenant, but));
  if (!rows) return rows.error();
  std::vector<Cause> found;
  for (int i = 0; i < rows->size(); ++i) add_cause((*rows)[i].text(0), (*rows)[i].text(1), (*rows)[i].number(2), found);
  if (rows->damage()) return *rows->damage();
  std::erase_if(found, [](const Cause& cause) { return cause.pcs <= 0; });
  return found;
}

Result<std::vector<DeviceFinding>> PostgresStore::findings_of_cause(const std::string& tenant, const std::string& check,
                                                                    const std::string& situation, const std::vector<std::string>& but,
                                                                    std::int64_t limit, std::int64_t forms) {
  auto rows = ask(tenant, kOfCause, Params(tenant, but, check, situation, at_most(limit), forms));
  if (!rows) return rows.error();
  return rows->all(found_of);
}

Result<std::vector<DeviceFinding>> PostgresStore::findings_of_check(const std::string& tenant, const std::string& check, Verdict verdict,
                                                                    std::int64_t offset, std::int64_t limit) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto counts =
      ask(tenant,
          "SELECT coalesce(sum(devices) FILTER (WHERE what <> 'device' AND verdict = $4), 0)::bigint, coalesce(sum(devices) FILTER "
          "(WHERE what <> 'device'), 0)::bigint, coalesce(sum(devices) FILTER (WHERE what = 'device'), 0)::bigint FROM counters "
          "WHERE tenant = $1 AND (what IN ($2, $3) OR (what = 'device' AND verdict = 'approved'))",
          Params(tenant, GOKAJO_CHECK_COUNTER + check, GOKAJO_SILENT_COUNTER GOKAJO_CHECK_COUNTER + check, word_of(verdict)));
  if (!counts) return counts.error();
  const auto pcs = (*counts)[0].number(0), judged = (*counts)[0].number(1), approved = (*counts)[0].number(2);
  auto rows = ask(tenant,
                  pcs <= kMany                               ? kOfCheck
                  : judged == approved && pcs > approved / 2 ? kOfMost
                                                             : kOfManyByName,
                  Params(tenant, check, word_of(verdict), at_most(limit), offset));
  if (!rows) return rows.error();
  return rows->all(found_of);
}

Result<CheckCounts> PostgresStore::check_counts(const std::string& tenant) { return counted_checks(tenant, GOKAJO_CHECK_COUNTER); }

Result<CheckCounts> PostgresStore::silent_check_counts(const std::string& tenant) {
  return counted_checks(tenant, GOKAJO_SILENT_COUNTER GOKAJO_CHECK_COUNTER);
}

// `prefix` ends with '/', behind which '0' comes.
Result<CheckCounts> PostgresStore::counted_checks(const std::string& tenant, const std::string& prefix) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto rows =
      ask(tenant,
          "SELECT substr(what, length($2::text) + 1), verdict, devices FROM counters WHERE tenant = $1 AND what >= $2::text AND what "
          "< $3::text AND devices > 0",
          Params(tenant, prefix, prefix.substr(0, prefix.size() - 1) + '0'));
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

}  // namespace gokajo::hub
