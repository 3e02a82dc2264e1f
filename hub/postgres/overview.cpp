// What the pages about a company read: many PCs with one question.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

// Parameters: 1 tenant, 2 now, 3 unheard before, 4 ids that are heard all the same, 5 kind, 6 verdict, 7 rule, 8 group, 9 text. As in
// hub/sqlite_overview.cpp, and in COLLATE "C", where lower() is for ASCII alone as it is there.
#define GOKAJO_NAME "CASE WHEN label = '' THEN host_name ELSE label END"
#define GOKAJO_SILENT "(NOT rests AND heard <= $3 AND d.device <> ALL($4::text[]))"
#define GOKAJO_LISTED                                                                                                                      \
  " FROM (SELECT *, coalesce(last_receipt, enrolled) AS heard, resting_until IS NOT NULL AND resting_until > $2 AS rests, resting_until "  \
  "IS NOT NULL AND resting_until > $2 AND last_receipt > resting_since AND worst = 0 AS fails_at_rest FROM devices WHERE tenant = $1 "     \
  "AND standing <> 'removed') AS d WHERE ($5::text = 'any' OR $5::text = 'waiting' AND standing = 'waiting' OR standing = 'approved' "     \
  "AND ($5::text = 'resting' AND rests OR $5::text = 'silent' AND " GOKAJO_SILENT                                                          \
  ")) AND ($8::text IS NULL OR group_name = $8::text) AND ($9::text = '' OR strpos(lower((label || chr(10) || host_name) COLLATE \"C\"), " \
  "lower($9::text COLLATE \"C\")) > 0) AND ($6::text IS NULL OR standing = 'approved' AND NOT " GOKAJO_SILENT                              \
  " AND (NOT rests OR fails_at_rest AND $6::text = 'fail') AND CASE WHEN $7::text <> '' THEN coalesce((SELECT verdict FROM rules WHERE "   \
  "rules.tenant = $1 AND rules.device = d.device AND rule = $7::text), 'unknown') IN ($6::text, CASE WHEN $6::text = 'pass' THEN "         \
  "'not_applicable' ELSE '' END) WHEN $6::text = 'fail' THEN worst = 0 WHEN $6::text = 'pass' THEN worst = 3 ELSE $6::text = 'unknown' "   \
  "AND worst = 1 OR EXISTS (SELECT 1 FROM rules WHERE rules.tenant = $1 AND rules.device = d.device AND verdict = $6::text) END)"
#define GOKAJO_PAGE " LIMIT $10 OFFSET $11"
#define GOKAJO_SELECT "SELECT " GOKAJO_DEVICE_COLUMNS ", group_name" GOKAJO_LISTED
constexpr const char* kCount = "SELECT count(*)" GOKAJO_LISTED;
constexpr const char* kByWorst =
    GOKAJO_SELECT " ORDER BY CASE WHEN standing = 'waiting' THEN 6 WHEN rests AND NOT fails_at_rest THEN 5 WHEN " GOKAJO_SILENT
                  " THEN 1 WHEN worst = 0 THEN 0 ELSE worst + 1 END, " GOKAJO_NAME ", device" GOKAJO_PAGE;
constexpr const char* kByName = GOKAJO_SELECT " ORDER BY " GOKAJO_NAME ", device" GOKAJO_PAGE;
constexpr const char* kByLastHeard = GOKAJO_SELECT " ORDER BY heard, device" GOKAJO_PAGE;

Params params_of(const std::string& tenant, const DeviceQuery& query) {
  const auto verdict = query.verdict ? std::optional(word_of(*query.verdict)) : std::nullopt;
  return Params(tenant, query.silence.now, query.silence.unheard_before, query.silence.heard, word_of(query.kind), verdict, query.rule,
                query.group, query.text);
}

// device, name, check_id, rule, required, verdict, since, form
DeviceFinding found_of(const Row& row) {
  return {row.text(0),
          row.text(1),
          {row.text(2), row.text(3), row.number(4) != 0, row.named<Verdict>(5), row.time(6), row.null(7) ? std::string() : row.text(7)}};
}

#define GOKAJO_FORM "NULLIF((w.forms::text::json -> f.place::int)::text, 'null')"
constexpr const char* kFailures =
    "SELECT f.device, " GOKAJO_NAME ", f.check_id, f.rule, f.required, f.verdict, f.since, " GOKAJO_FORM
    " FROM findings AS f JOIN devices AS d USING (tenant, device) LEFT JOIN finding_forms AS w USING (tenant, device) WHERE f.tenant = $1 "
    "AND d.standing = 'approved' AND f.required = 1 AND f.verdict = 'fail' ORDER BY f.device, f.place";
// The forms of those that are told alone: taking one apart costs more than finding it.
constexpr const char* kOfCheck =
    "SELECT f.device, f.name, f.check_id, f.rule, f.required, f.verdict, f.since, " GOKAJO_FORM
    " FROM (SELECT tenant, device, place, check_id, rule, required, verdict, since, " GOKAJO_NAME
    " AS name, CASE verdict WHEN 'fail' THEN 0 WHEN 'ask' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END AS urgency FROM findings JOIN devices "
    "USING (tenant, device) WHERE tenant = $1 AND standing = 'approved' AND check_id = $2 AND verdict IN ('fail', 'ask', 'unknown', "
    "'pass') ORDER BY urgency, name, device LIMIT $3 OFFSET $4) AS f LEFT JOIN finding_forms AS w USING (tenant, device) ORDER BY "
    "f.urgency, f.name, f.device";
#define GOKAJO_OTHERS "device NOT IN (SELECT device FROM devices WHERE tenant = $1 AND standing <> 'approved')"

}  // namespace

Result<std::vector<Device>> PostgresStore::quiet_devices(const std::string& tenant, Time unheard_before, Time now) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEVICE_COLUMNS
                  " FROM devices WHERE tenant = $1 AND standing = 'approved' AND (coalesce(last_receipt, enrolled) <= $2 OR resting_until "
                  "> $3) ORDER BY label, host_name, device",
                  Params(tenant, unheard_before, now));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Result<DevicePage> PostgresStore::list_devices(const std::string& tenant, const DeviceQuery& wanted) {
  const auto counted = params_of(tenant, wanted);
  auto listed = counted;
  listed.add(at_most(wanted.limit));
  listed.add(wanted.offset);
  connection_->within(tenant);
  auto both = connection_->ask_all({{kCount, counted},
                                    {wanted.order == DeviceOrder::worst  ? kByWorst
                                     : wanted.order == DeviceOrder::name ? kByName
                                                                         : kByLastHeard,
                                     listed}});
  if (!both) return both.error();
  DevicePage page;
  page.all = both->at(0)[0].number(0);
  auto devices = both->at(1).all([](const Row& row) { return ListedDevice{device_of(row), row.text(21)}; });
  if (!devices) return devices.error();
  page.devices = std::move(*devices);
  return page;
}

Result<std::vector<DeviceRule>> PostgresStore::rules_of(const std::string& tenant, const std::vector<std::string>& devices) {
  auto rows = devices.empty()
                  ? ask(tenant, "SELECT device, rule, verdict FROM rules WHERE tenant = $1 AND " GOKAJO_OTHERS " ORDER BY device, rule",
                        Params(tenant))
                  : ask(tenant,
                        "SELECT device, rule, verdict FROM rules WHERE tenant = $1 AND device = ANY($2::text[]) AND " GOKAJO_OTHERS
                        " ORDER BY device, rule",
                        Params(tenant, devices));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return DeviceRule{row.text(0), row.text(1), row.named<Verdict>(2)}; });
}

Result<std::vector<DeviceFinding>> PostgresStore::required_failures(const std::string& tenant) {
  auto rows = ask(tenant, kFailures, Params(tenant));
  if (!rows) return rows.error();
  return rows->all(found_of);
}

Result<std::vector<DeviceFinding>> PostgresStore::findings_of_check(const std::string& tenant, const std::string& check,
                                                                    std::int64_t offset, std::int64_t limit) {
  auto rows = ask(tenant, kOfCheck, Params(tenant, check, at_most(limit), offset));
  if (!rows) return rows.error();
  return rows->all(found_of);
}

Result<CheckCounts> PostgresStore::check_counts(const std::string& tenant, const std::vector<std::string>& but) {
  auto rows = ask(tenant,
                  "SELECT check_id, verdict, count(*) FROM findings WHERE tenant = $1 AND device <> ALL($2::text[]) AND " GOKAJO_OTHERS
                  " GROUP BY check_id, verdict",
                  Params(tenant, but));
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
