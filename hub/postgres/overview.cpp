// What the pages about a company read: many PCs with one question.
#include <algorithm>

#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Done;

namespace {

// What is looked for is put together once, not for every PC (SELECT). As in hub/sqlite_device_lists.cpp: parameters 1 tenant, 2 `only`, 3
// `but`, 4 group, 5 text, 6 rule, 7 verdicts, 8 limit, 9 offset. In COLLATE "C", where lower() is for ASCII alone as it is there. A server
// wants every parameter named, used or not.
std::string condition_of(const DeviceFilter& filter) {
  std::string text = "d.tenant = $1 AND d.standing <> 'removed'";
  if (filter.standing) text += " AND d.standing = '" + word_of(*filter.standing) + "'";
  if (filter.worst) text += " AND d.worst = " + std::to_string(*filter.worst);
  if (filter.unmarked) text += " AND d.silent_at IS NULL";
  if (filter.only) text += " AND d.device = ANY($2::text[])";
  if (!filter.but.empty()) text += " AND d.device <> ALL($3::text[])";
  if (filter.group) text += " AND d.group_name = $4::text";
  if (filter.group && !filter.group->empty()) text += " AND d.group_name <> ''";  // for the index
  if (!filter.text.empty()) text += " AND strpos(d.search, (SELECT lower($5::text COLLATE \"C\"))) > 0";
  if (filter.verdicts.empty()) return text;
  if (filter.few)
    return text + " AND d.device IN (SELECT device FROM rules WHERE tenant = $1 AND verdict = ANY($7::text[]) AND rule = $6::text)";
  text += " AND (FALSE";
  for (const auto verdict : filter.verdicts) {
    const auto named = word_of(verdict);
    text += filter.rule.empty() ? " OR strpos(d.verdicts, '=" + named + " ') > 0"
                                : " OR strpos(d.verdicts, (SELECT ' ' || $6::text || '=" + named + " ')) > 0";
    if (verdict == Verdict::unknown)
      text += filter.rule.empty() ? " OR d.worst = 1" : " OR strpos(d.verdicts, (SELECT ' ' || $6::text || '=')) = 0";
  }
  return text + ")";
}

#define GOKAJO_ALL_NAMED \
  "($2::text[] IS NULL OR $3::text[] IS NULL OR $4::text IS NULL OR $5::text IS NULL OR $6::text IS NULL OR $7::text[] IS NULL OR TRUE)"

constexpr int kBehindDevice = 26;  // as in hub/sqlite_device_lists.cpp

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
constexpr const char* kOfMost = GOKAJO_FOUND(
    "SELECT e.device, $2::text AS check_id FROM devices AS e WHERE e.tenant = $1 AND e.standing <> 'removed' AND e.standing = 'approved' "
    "AND e.device NOT IN (SELECT g.device FROM findings AS g WHERE g.tenant = $1 AND g.check_id = $2::text AND g.verdict = ANY "
    "(array_remove('{pass,fail,unknown,ask,not_applicable}'::text[], $3::text))) ORDER BY e.name, e.device LIMIT $4 OFFSET $5",
    "d.name, f.device");
constexpr const char* kOfCause = GOKAJO_FOUND(
    "SELECT device, check_id FROM findings WHERE tenant = $1 AND to_do <> 'none' AND to_do = 'now' AND check_id = $3 AND situation = "
    "$4" GOKAJO_APPROVED GOKAJO_BUT
    " AND (SELECT silent_at FROM devices AS e WHERE e.tenant = $1 AND e.device = findings.device) IS NULL ORDER BY late_since NULLS FIRST, "
    "device LIMIT $5",
    "f.late_since NULLS FIRST, f.device");
constexpr const char* kCauses =
    "SELECT substr(what, length('" GOKAJO_CAUSE_COUNTER
    "') + 1), verdict, devices FROM counters WHERE tenant = $1 AND what >= "
    "'" GOKAJO_CAUSE_COUNTER
    "' AND what < 'cause0' AND devices > 0 UNION ALL SELECT check_id || '/' || situation, rule, -count(*) FROM "
    "findings WHERE tenant = $1 AND device = ANY($2::text[]) AND to_do = 'now'" GOKAJO_APPROVED " GROUP BY check_id, situation, rule";
constexpr std::int64_t kMany = 5000;  // as in hub/sqlite_findings.cpp

NamedDevice named_of(const Row& row) { return {row.text(0), row.text(1)}; }

}  // namespace

Result<std::vector<Device>> PostgresStore::quiet_devices(const std::string& tenant, Time unheard_before, Time now) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEVICE_COLUMNS
                  " FROM devices WHERE tenant = $1 AND standing = 'approved' AND silent_at IS NULL AND device IN (SELECT device FROM "
                  "devices WHERE tenant = $1 "
                  "AND heard_day <= $2 AND standing <> 'removed' AND silent_at IS NULL UNION SELECT device FROM devices WHERE tenant = $1 "
                  "AND resting_until IS "
                  "NOT NULL) AND (coalesce(last_receipt, enrolled) <= $3 OR resting_until > $4) ORDER BY label, host_name, device",
                  Params(tenant, heard_day_of(unheard_before), unheard_before, now));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Status PostgresStore::set_mark(const std::string& tenant, const std::string& device, std::optional<Time> at) {
  const auto before = standing(tenant, device);
  if (!before) return before.error();
  if (auto counted = count(tenant, device, *before, -1); !counted) return counted;
  if (auto counted = count(tenant, device, {before->word, at.has_value()}, +1); !counted) return counted;
  if (auto* one = known(tenant, device)) one->device.silent_at = at;
  return tell(tenant, "UPDATE devices SET silent_at = $3 WHERE tenant = $1 AND device = $2", Params(tenant, device, at));
}

Status PostgresStore::mark_silent(const std::string& tenant, const std::vector<std::string>& devices, Time now) {
  for (const auto& device : devices) {
    const auto stands = standing(tenant, device);
    if (!stands) return stands.error();
    if (stands->word != word_of(Standing::approved) || stands->silent) continue;
    if (auto marked = set_mark(tenant, device, now); !marked) return marked;
  }
  return Done{};
}

Status PostgresStore::end_marks(const std::string& tenant, Time since) {
  auto rows = ask(tenant, "SELECT device FROM devices WHERE tenant = $1 AND silent_at IS NOT NULL AND silent_at >= $2 ORDER BY device",
                  Params(tenant, since));
  if (!rows) return rows.error();
  for (int i = 0; i < rows->size(); ++i)
    if (auto ended = set_mark(tenant, (*rows)[i].text(0), std::nullopt); !ended) return ended;
  return Done{};
}

Result<std::vector<NamedDevice>> PostgresStore::marked_silent(const std::string& tenant) {
  auto rows =
      ask(tenant, "SELECT device, name FROM devices WHERE tenant = $1 AND silent_at IS NOT NULL ORDER BY name, device", Params(tenant));
  if (!rows) return rows.error();
  return rows->all(named_of);
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
  return rows->all([](const Row& row) { return ListedDevice{device_of(row), row.text(kBehindDevice)}; });
}

Result<std::vector<MatchedDevice>> PostgresStore::matching(const std::string& tenant, const std::string& text,
                                                           const std::optional<std::string>& group, std::int64_t limit) {
  DeviceFilter filter;
  filter.text = text;
  filter.group = group;
  auto params = params_of(tenant, filter);
  params.add(at_most(limit));
  auto rows = ask(tenant,
                  text_of("SELECT device, standing, worst, (silent_at IS NOT NULL)::int::bigint, verdicts FROM devices AS d WHERE " +
                          condition_of(filter) + " AND " GOKAJO_ALL_NAMED " ORDER BY name, device LIMIT $8"),
                  params);
  if (!rows) return rows.error();
  return rows->all([](const Row& row) {
    return MatchedDevice{row.text(0), row.named<Standing>(1), static_cast<int>(row.number(2)), row.number(3) != 0, row.text(4)};
  });
}

Result<std::vector<MatchCount>> PostgresStore::count_matching(const std::string& tenant, const std::string& text,
                                                              const std::optional<std::string>& group) {
  DeviceFilter filter;
  filter.text = text;
  filter.group = group;
  auto rows = ask(tenant,
                  text_of("SELECT standing, worst, (silent_at IS NOT NULL)::int::bigint, count(*) FROM devices AS d WHERE " +
                          condition_of(filter) + " AND " GOKAJO_ALL_NAMED " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"),
                  params_of(tenant, filter));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) {
    return MatchCount{row.named<Standing>(0), static_cast<int>(row.number(1)), row.number(2) != 0, row.number(3)};
  });
}

Result<std::vector<JudgedDevice>> PostgresStore::devices_behind(const std::string& tenant, const Device* last, std::int64_t limit) {
  auto rows = ask(
      tenant,
      "SELECT " GOKAJO_DEVICE_COLUMNS
      ", verdicts FROM devices WHERE tenant = $1 AND standing <> 'removed' AND (name, device) > ($2, $3) ORDER BY name, device LIMIT $4",
      Params(tenant, last ? last->shown_name() : "", last ? last->id : "", at_most(limit)));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return JudgedDevice{device_of(row), row.text(kBehindDevice)}; });
}

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
                                                                    std::int64_t limit) {
  auto rows = ask(tenant, kOfCause, Params(tenant, but, check, situation, at_most(limit)));
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

Result<std::vector<Change>> PostgresStore::changes_of(const std::string& tenant, const std::string& device, std::int64_t limit) {
  auto rows =
      ask(tenant, "SELECT " GOKAJO_CHANGE_COLUMNS " FROM changes WHERE tenant = $1 AND device = $2 ORDER BY at DESC, id DESC LIMIT $3",
          Params(tenant, device, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(change_of);
}

}  // namespace gokajo::hub
