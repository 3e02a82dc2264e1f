// What devices were found to be: findings, rules, counters, changes.
#include <algorithm>

#include "hub/kept_finding.h"
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Done;

namespace {

constexpr std::size_t kMaxForms = 64U << 20U;  // this program wrote them

// What binds (tenant, device) first.
Use about(Use statement, const std::string& tenant, const std::string& device) {
  statement.bind(1, tenant);
  statement.bind(2, device);
  return statement;
}

}  // namespace

Result<std::vector<KeptFinding>> SqliteStore::findings(const std::string& tenant, const std::string& device) {
  return answered([&]() -> Result<std::vector<KeptFinding>> {
    auto found = bare_findings(tenant, device);
    auto query = about(prepared("SELECT forms FROM finding_forms WHERE tenant = ? AND device = ?"), tenant, device);
    if (!query.executeStep()) return found;
    const auto forms = platform::parse_json(query.getColumn(0).getString(), kMaxForms);
    if (!forms || !forms->is_array() || forms->size() != found.size()) damaged_row("forms of findings");
    for (std::size_t i = 0; i < found.size(); ++i) found[i].form = (*forms)[i].dump();
    return found;
  });
}

std::vector<KeptFinding> SqliteStore::bare_findings(const std::string& tenant, const std::string& device) {
  auto query =
      about(prepared("SELECT check_id, rule, required, verdict, since, to_do, situation, late_since FROM findings WHERE tenant = ? AND "
                     "device = ? ORDER BY place"),
            tenant, device);
  std::vector<KeptFinding> found;
  while (query.executeStep())
    found.push_back({query.getColumn(0).getString(),
                     query.getColumn(1).getString(),
                     query.getColumn(2).getInt64() != 0,
                     named<Verdict>(query.getColumn(3).getString()),
                     time_of(query.getColumn(4)),
                     {},
                     named<ToDo>(query.getColumn(5).getString()),
                     query.getColumn(6).getString(),
                     optional_time(query.getColumn(7))});
  return found;
}

Result<std::map<std::string, Verdict>> SqliteStore::rules(const std::string& tenant, const std::string& device) {
  return answered([&]() -> Result<std::map<std::string, Verdict>> {
    auto query = about(prepared("SELECT rule, verdict FROM rules WHERE tenant = ? AND device = ?"), tenant, device);
    std::map<std::string, Verdict> found;
    while (query.executeStep()) found.emplace(query.getColumn(0).getString(), named<Verdict>(query.getColumn(1).getString()));
    return found;
  });
}

// An unchanged PC is the rule: what is as it was is not written again.
Status SqliteStore::set_verdicts(const Device& device, std::vector<KeptFinding> findings, const std::map<std::string, Verdict>& rules,
                                 Time now, std::optional<Time> seen_at) {
  return answered([&]() -> Status {
    const auto before = bare_findings(device.tenant, device.id);
    for (auto& finding : findings) {
      finding.since = now;
      const auto old = std::find_if(before.begin(), before.end(), [&](const KeptFinding& one) { return one.check == finding.check; });
      const bool known = old != before.end();
      if (known && old->verdict == finding.verdict) {
        finding.since = old->since;
      } else {
        log({device.tenant, now, device.id, "check", finding.check, known ? name_of(old->verdict) : "", name_of(finding.verdict), seen_at});
        if (finding.verdict == Verdict::pass || finding.verdict == Verdict::not_applicable) {
          auto ended = about(prepared("DELETE FROM plans WHERE tenant = ? AND device = ? AND check_id = ?"), device.tenant, device.id);
          ended.bind(3, finding.check);
          ended.exec();
        }
      }
    }
    const auto rules_before = this->rules(device.tenant, device.id);
    if (!rules_before) return rules_before.error();
    const bool other_findings = !std::equal(findings.begin(), findings.end(), before.begin(), before.end(), same_but_form);
    if (other_findings || *rules_before != rules) {
      const auto stands = standing(device.tenant, device.id);
      if (stands.word == name_of(Standing::approved)) {
        CounterMoves moves;
        count_verdicts(before, *rules_before, stands.silent, -1, moves);
        count_verdicts(findings, rules, stands.silent, +1, moves);
        move_counters(device.tenant, moves);
      }
      if (other_findings) put_bare_findings(device, before, findings);
      if (*rules_before != rules) put_rules(device, *rules_before, rules, now, seen_at);
      put_state(device.tenant, device.id, pc_state(findings, rules));
    }
    put_forms(device, findings);
    return Done{};
  });
}

Status SqliteStore::inherit_findings(const std::string& tenant, const std::string& from, const std::string& to) {
  return answered([&]() -> Status {
    const auto both = [&](const char* sql) {
      auto statement = about(prepared(sql), tenant, from);
      statement.bind(3, to);
      statement.exec();
    };
    count(tenant, to, -1);
    both(
        "UPDATE findings SET since = old.since FROM findings AS old WHERE findings.tenant = ?1 AND findings.device = ?3 AND old.tenant = "
        "?1 "
        "AND old.device = ?2 AND old.check_id = findings.check_id AND old.verdict = findings.verdict AND old.since < findings.since");
    both(
        "INSERT INTO finding_forms (tenant, device, forms) SELECT tenant, ?3, forms FROM finding_forms WHERE tenant = ?1 AND device = ?2 "
        "AND NOT EXISTS (SELECT 1 FROM findings WHERE tenant = ?1 AND device = ?3)");
    both(
        "INSERT INTO findings (tenant, device, place, check_id, rule, required, verdict, since, to_do, situation, late_since) SELECT "
        "tenant, "
        "?3, place, check_id, rule, required, verdict, since, to_do, situation, late_since FROM findings WHERE tenant = ?1 AND device = ?2 "
        "AND NOT EXISTS (SELECT 1 FROM findings WHERE tenant = ?1 "
        "AND device = ?3)");
    const auto rules_of_it = rules(tenant, to);
    if (!rules_of_it) return rules_of_it.error();
    put_state(tenant, to, pc_state(bare_findings(tenant, to), *rules_of_it));
    count(tenant, to, +1);
    return Done{};
  });
}

// Each row stands in indexes too: those that are as they were are left alone.
void SqliteStore::put_bare_findings(const Device& device, const std::vector<KeptFinding>& before,
                                    const std::vector<KeptFinding>& findings) {
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const auto& finding = findings[i];
    if (i < before.size() && same_but_form(before[i], finding)) continue;
    auto statement =
        about(prepared("INSERT OR REPLACE INTO findings (tenant, device, place, check_id, rule, required, verdict, since, to_do, "
                       "situation, late_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
              device.tenant, device.id);
    statement.bind(3, static_cast<std::int64_t>(i));
    statement.bind(4, finding.check);
    statement.bind(5, finding.rule);
    statement.bind(6, finding.required ? 1 : 0);
    statement.bind(7, name_of(finding.verdict));
    statement.bind(8, seconds(finding.since));
    statement.bind(9, name_of(finding.to_do));
    statement.bind(10, finding.situation);
    bind_optional(statement.raw(), 11, finding.late_since);
    statement.exec();
  }
  if (before.size() <= findings.size()) return;
  auto rest = about(prepared("DELETE FROM findings WHERE tenant = ? AND device = ? AND place >= ?"), device.tenant, device.id);
  rest.bind(3, static_cast<std::int64_t>(findings.size()));
  rest.exec();
}

void SqliteStore::put_forms(const Device& device, const std::vector<KeptFinding>& findings) {
  std::string forms = "[";
  for (const auto& finding : findings) {
    if (forms.size() > 1) forms += ',';
    forms += finding.form.empty() ? "null" : finding.form;
  }
  forms += ']';
  auto statement = about(
      prepared("INSERT INTO finding_forms (tenant, device, forms) VALUES (?, ?, ?) ON CONFLICT (tenant, device) DO UPDATE SET forms = "
               "excluded.forms WHERE forms <> excluded.forms"),
      device.tenant, device.id);
  statement.bind(3, forms);
  statement.exec();
}

void SqliteStore::put_rules(const Device& device, const std::map<std::string, Verdict>& before, const std::map<std::string, Verdict>& rules,
                            Time now, std::optional<Time> seen_at) {
  for (const auto& [rule, verdict] : rules) {
    const auto old = before.find(rule);
    if (old == before.end() || old->second != verdict)
      log({device.tenant, now, device.id, "rule", rule, old == before.end() ? "" : name_of(old->second), name_of(verdict), seen_at});
  }
  for (const auto& [rule, verdict] : before) {
    if (rules.contains(rule)) continue;
    auto statement = about(prepared("DELETE FROM rules WHERE tenant = ? AND device = ? AND rule = ?"), device.tenant, device.id);
    statement.bind(3, rule);
    statement.exec();
  }
  for (const auto& [rule, verdict] : rules) {
    if (const auto old = before.find(rule); old != before.end() && old->second == verdict) continue;
    auto statement =
        about(prepared("INSERT OR REPLACE INTO rules (tenant, device, rule, verdict) VALUES (?, ?, ?, ?)"), device.tenant, device.id);
    statement.bind(3, rule);
    statement.bind(4, name_of(verdict));
    statement.exec();
  }
  auto of_device = prepared("UPDATE devices SET worst = ?, verdicts = ? WHERE tenant = ? AND device = ?");
  of_device.bind(1, worst_of(rules));
  of_device.bind(2, verdicts_text(rules));
  of_device.bind(3, device.tenant);
  of_device.bind(4, device.id);
  of_device.exec();
}

void SqliteStore::put_state(const std::string& tenant, const std::string& device, const std::string& state) {
  auto statement = about(prepared("UPDATE devices SET state = ?3 WHERE tenant = ?1 AND device = ?2 AND state <> ?3"), tenant, device);
  statement.bind(3, state);
  statement.exec();
}

SqliteStore::Stands SqliteStore::standing(const std::string& tenant, const std::string& device) {
  auto query = about(prepared("SELECT standing, silent_at IS NOT NULL FROM devices WHERE tenant = ? AND device = ?"), tenant, device);
  if (!query.executeStep()) return {};
  return {query.getColumn(0).getString(), query.getColumn(1).getInt64() != 0};
}

void SqliteStore::count(const std::string& tenant, const std::string& device, int by) {
  const auto stands = standing(tenant, device);
  if (stands.word.empty()) return;
  CounterMoves moves{{{"device", stands.word}, by}};
  if (stands.word == name_of(Standing::approved)) {
    const auto verdicts = rules(tenant, device);
    if (!verdicts) damaged_row(verdicts.error().detail);
    count_verdicts(bare_findings(tenant, device), *verdicts, stands.silent, by, moves);
  }
  move_counters(tenant, moves);
}

void SqliteStore::move_counters(const std::string& tenant, const CounterMoves& moves) {
  for (const auto& [key, by] : moves) {
    if (by == 0) continue;
    auto statement = prepared(
        by > 0
            ? "INSERT INTO counters (tenant, what, verdict, devices) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (tenant, what, verdict) DO UPDATE "
              "SET devices = devices + ?4"
            : "UPDATE counters SET devices = devices + ?4 WHERE tenant = ?1 AND what = ?2 AND verdict = ?3");
    statement.bind(1, tenant);
    statement.bind(2, key.first);
    statement.bind(3, key.second);
    statement.bind(4, by);
    statement.exec();
  }
}

Result<Counters> SqliteStore::counters(const std::string& tenant) {
  return answered([&]() -> Result<Counters> {
    auto query = prepared(
        "SELECT what, verdict, devices FROM counters WHERE tenant = ? AND devices > 0 AND (instr(what, '/') = 0 OR "
        "what = '" GOKAJO_WORST_COUNTER "')");
    query.bind(1, tenant);
    Counters found;
    while (query.executeStep()) found[query.getColumn(0).getString()][query.getColumn(1).getString()] = query.getColumn(2).getInt64();
    return found;
  });
}

Result<Counters> SqliteStore::silent_counters(const std::string& tenant) {
  return answered([&]() -> Result<Counters> {
    constexpr std::size_t kPrefix = sizeof(GOKAJO_SILENT_COUNTER) - 1;
    auto query = prepared("SELECT what, verdict, devices FROM counters WHERE tenant = ? AND devices > 0 AND what >= '" GOKAJO_SILENT_COUNTER
                          "' AND what < 'silent0'");
    query.bind(1, tenant);
    Counters found;
    while (query.executeStep())
      if (auto what = query.getColumn(0).getString().substr(kPrefix); what.find('/') == std::string::npos)
        found[std::move(what)][query.getColumn(1).getString()] = query.getColumn(2).getInt64();
    return found;
  });
}

void SqliteStore::log(const Change& change) {
  auto statement =
      prepared("INSERT INTO changes (tenant, at, device, kind, subject, before, after, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  statement.bind(1, change.tenant);
  statement.bind(2, seconds(change.at));
  statement.bind(3, change.device);
  statement.bind(4, change.kind);
  statement.bind(5, change.subject);
  statement.bind(6, change.before);
  statement.bind(7, change.after);
  bind_optional(statement.raw(), 8, change.seen_at);
  statement.exec();
}

Status SqliteStore::add_change(const Change& change) {
  return answered([&]() -> Status {
    log(change);
    return Done{};
  });
}

Result<std::vector<Change>> SqliteStore::changes(const std::string& tenant, Time since) {
  return answered([&]() -> Result<std::vector<Change>> {
    auto query = prepared("SELECT " GOKAJO_CHANGE_COLUMNS " FROM changes WHERE tenant = ?1 AND at >= ?2 ORDER BY at, rowid");
    query.bind(1, tenant);
    query.bind(2, seconds(since));
    return all_changes(query.raw());
  });
}

Result<std::vector<Change>> SqliteStore::rule_changes(const std::string& tenant, Time since, std::int64_t newest) {
// They have an index of their own, which the literal lets SQLite use alone.
#define GOKAJO_CHANGES "changes INDEXED BY changes_of_rules WHERE tenant = ?1 AND at >= ?2 AND kind = 'rule' AND "
#define GOKAJO_MARKED "(SELECT device FROM devices INDEXED BY devices_marked WHERE tenant = ?1 AND silent_at IS NOT NULL)"
#define GOKAJO_NEWEST(turn)                                                                                  \
  "SELECT device FROM (SELECT device FROM " GOKAJO_CHANGES turn " = 'fail' AND device NOT IN " GOKAJO_MARKED \
  " ORDER BY at "                                                                                            \
  "DESC, rowid DESC LIMIT ?3)"
  return answered([&]() -> Result<std::vector<Change>> {
    auto query = prepared("SELECT tenant, at, device, 'rule', subject, before, after, seen_at FROM " GOKAJO_CHANGES
                          "device IN (" GOKAJO_NEWEST("after") " UNION ALL " GOKAJO_NEWEST("before") ") ORDER BY at, rowid");
    query.bind(1, tenant);
    query.bind(2, seconds(since));
    query.bind(3, newest);
    return all_changes(query.raw());
  });
#undef GOKAJO_NEWEST
#undef GOKAJO_MARKED
#undef GOKAJO_CHANGES
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
