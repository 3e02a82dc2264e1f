// What devices were found to be, and the counters and changes that follow.
#include <algorithm>
#include <limits>

#include "hub/postgres/store_body.h"
#include "platform/json_form.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Done, platform::Error, platform::ErrorKind;

namespace {

constexpr Time kNever{std::chrono::seconds{std::numeric_limits<std::int64_t>::min()}};  // in an array, where NULL is not written
constexpr std::size_t kMaxForms = 64U << 20U;                                           // this program wrote them

KeptFinding bare_finding_of(const Row& row) {
  return {row.text(0), row.text(1),        row.number(2) != 0, row.named<Verdict>(3), row.time(4),
          {},          row.named<ToDo>(5), row.text(6),        row.optional_time(7)};
}

constexpr const char* kBareFindings =
    "SELECT check_id, rule, required, verdict, since, to_do, situation, late_since FROM findings WHERE tenant = $1 AND device = $2 ORDER "
    "BY "
    "place";

}  // namespace

Result<std::vector<KeptFinding>> PostgresStore::findings(const std::string& tenant, const std::string& device) {
  connection_->within(tenant);
  const Params about(tenant, device);
  auto both = connection_->ask_all({{kBareFindings, about}, {"SELECT forms FROM finding_forms WHERE tenant = $1 AND device = $2", about}});
  if (!both) return both.error();
  auto found = both->at(0).all(bare_finding_of);
  auto& words = both->at(1);
  if (!found || words.size() == 0) return found;
  const auto forms = platform::parse_json(words[0].text(0), kMaxForms);
  if (!forms || !forms->is_array() || forms->size() != found->size())
    return Error{ErrorKind::failed, "database: a row holds \"forms of findings\""};
  for (std::size_t i = 0; i < found->size(); ++i) (*found)[i].form = (*forms)[i].dump();
  return found;
}

Result<std::vector<KeptFinding>> PostgresStore::bare_findings(const std::string& tenant, const std::string& device) {
  if (const auto* one = known(tenant, device)) return one->findings;
  auto rows = ask(tenant, kBareFindings, Params(tenant, device));
  if (!rows) return rows.error();
  return rows->all(bare_finding_of);
}

Result<std::map<std::string, Verdict>> PostgresStore::rules(const std::string& tenant, const std::string& device) {
  if (const auto* one = known(tenant, device)) return one->rules;
  auto rows = ask(tenant, "SELECT rule, verdict FROM rules WHERE tenant = $1 AND device = $2", Params(tenant, device));
  if (!rows) return rows.error();
  Rules found;
  for (int i = 0; i < rows->size(); ++i) found.emplace((*rows)[i].text(0), (*rows)[i].named<Verdict>(1));
  if (rows->damage()) return *rows->damage();
  return found;
}

// An unchanged PC is the rule: what is as it was is not written again.
Status PostgresStore::set_verdicts(const Device& device, std::vector<KeptFinding> findings, const Rules& rules, Time now,
                                   std::optional<Time> seen_at) {
  const auto before = bare_findings(device.tenant, device.id);
  if (!before) return before.error();
  Words done;  // no plan is needed for these any more
  for (auto& finding : findings) {
    finding.since = now;
    const auto old = std::find_if(before->begin(), before->end(), [&](const KeptFinding& one) { return one.check == finding.check; });
    const bool was = old != before->end();
    if (was && old->verdict == finding.verdict) {
      finding.since = old->since;
      continue;
    }
    const Change change{device.tenant, now, device.id, "check", finding.check, was ? word_of(old->verdict) : "", word_of(finding.verdict),
                        seen_at};
    if (auto logged = add_change(change); !logged) return logged;
    if (finding.verdict == Verdict::pass || finding.verdict == Verdict::not_applicable) done.push_back(finding.check);
  }
  if (!done.empty())
    if (auto ended = tell(device.tenant, "DELETE FROM plans WHERE tenant = $1 AND device = $2 AND check_id = ANY($3::text[])",
                          Params(device.tenant, device.id, done));
        !ended)
      return ended;
  const auto rules_before = this->rules(device.tenant, device.id);
  if (!rules_before) return rules_before.error();
  const bool other_findings = !std::equal(findings.begin(), findings.end(), before->begin(), before->end(), same_but_form);
  const bool other_rules = *rules_before != rules;
  if (other_findings || other_rules) {
    const auto stands = standing(device.tenant, device.id);
    if (!stands) return stands.error();
    if (stands->word == word_of(Standing::approved)) {
      CounterMoves moves;
      count_verdicts(*before, *rules_before, stands->silent, -1, moves);
      count_verdicts(findings, rules, stands->silent, +1, moves);
      add_moves(device.tenant, moves);
    }
    const auto state = pc_state(findings, rules);
    if (state != pc_state(*before, *rules_before))
      if (auto put = put_state(device.tenant, device.id, state); !put) return put;
  }
  if (other_rules)
    if (auto put = put_rules(device, *rules_before, rules, now, seen_at); !put) return put;
  if (other_findings)
    if (auto put = put_bare_findings(device, *before, findings); !put) return put;
  return put_forms(device, findings);
}

Status PostgresStore::inherit_findings(const std::string& tenant, const std::string& from, const std::string& to) {
  known_.erase(to);
  const auto stands = standing(tenant, to);
  if (!stands) return stands.error();
  if (auto counted = count(tenant, to, *stands, -1); !counted) return counted;
  const Params about(tenant, from, to);
  for (const char* sql :
       {"UPDATE findings SET since = old.since FROM findings AS old WHERE findings.tenant = $1 AND findings.device = $3 AND old.tenant = "
        "$1 "
        "AND old.device = $2 AND old.check_id = findings.check_id AND old.verdict = findings.verdict AND old.since < findings.since",
        "INSERT INTO finding_forms (tenant, device, forms) SELECT tenant, $3::text, forms FROM finding_forms WHERE tenant = $1 AND device "
        "= $2 AND "
        "NOT EXISTS (SELECT 1 FROM findings WHERE tenant = $1 AND device = $3::text)",
        "INSERT INTO findings (tenant, device, place, check_id, rule, required, verdict, since, to_do, situation, late_since) SELECT "
        "tenant, "
        "$3::text, place, check_id, rule, required, verdict, since, to_do, situation, late_since FROM findings WHERE tenant = $1 AND "
        "device "
        "= $2 AND NOT EXISTS (SELECT 1 FROM findings WHERE tenant = $1 AND device = $3::text)"})
    if (auto told = tell(tenant, sql, about); !told) return told;
  const auto findings_of_it = bare_findings(tenant, to);
  if (!findings_of_it) return findings_of_it.error();
  const auto rules_of_it = rules(tenant, to);
  if (!rules_of_it) return rules_of_it.error();
  if (auto put = put_state(tenant, to, pc_state(*findings_of_it, *rules_of_it)); !put) return put;
  return count(tenant, to, *stands, +1);
}

// Each row stands in indexes too: those that are as they were are left alone.
Status PostgresStore::put_bare_findings(const Device& device, const std::vector<KeptFinding>& before,
                                        const std::vector<KeptFinding>& findings) {
  Words checks, rules, verdicts, to_do, situations;
  Numbers places, required, since, late_since;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const auto& finding = findings[i];
    if (i < before.size() && same_but_form(before[i], finding)) continue;
    places.push_back(static_cast<std::int64_t>(i));
    checks.push_back(finding.check);
    rules.push_back(finding.rule);
    required.push_back(finding.required ? 1 : 0);
    verdicts.push_back(word_of(finding.verdict));
    since.push_back(finding.since.time_since_epoch().count());
    to_do.push_back(word_of(finding.to_do));
    situations.push_back(finding.situation);
    late_since.push_back(finding.late_since.value_or(kNever).time_since_epoch().count());
  }
  if (auto* one = known(device.tenant, device.id)) {
    one->findings = findings;
    for (auto& finding : one->findings) finding.form.clear();
  }
  if (before.size() > findings.size())
    if (auto told = tell(device.tenant, "DELETE FROM findings WHERE tenant = $1 AND device = $2 AND place >= $3",
                         Params(device.tenant, device.id, static_cast<std::int64_t>(findings.size())));
        !told)
      return told;
  return tell(device.tenant,
              "INSERT INTO findings (tenant, device, place, check_id, rule, required, verdict, since, to_do, situation, late_since) SELECT "
              "$1, $2, place, check_id, rule, required, verdict, since, to_do, situation, NULLIF(late_since, $12::bigint) FROM "
              "unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::text[], "
              "$11::bigint[]) AS u (place, check_id, rule, required, verdict, since, to_do, situation, late_since) ON CONFLICT (tenant, "
              "device, place) DO UPDATE SET check_id = excluded.check_id, rule = excluded.rule, required = excluded.required, verdict = "
              "excluded.verdict, since = excluded.since, to_do = excluded.to_do, situation = excluded.situation, late_since = "
              "excluded.late_since",
              Params(device.tenant, device.id, places, checks, rules, required, verdicts, since, to_do, situations, late_since, kNever));
}

Status PostgresStore::put_forms(const Device& device, const std::vector<KeptFinding>& findings) {
  std::string forms = "[";
  for (const auto& finding : findings) {
    if (forms.size() > 1) forms += ',';
    forms += finding.form.empty() ? "null" : finding.form;
  }
  forms += ']';
  return tell(device.tenant,
              "INSERT INTO finding_forms (tenant, device, forms) VALUES ($1, $2, $3) ON CONFLICT (tenant, device) DO UPDATE SET forms = "
              "excluded.forms WHERE finding_forms.forms <> excluded.forms",
              Params(device.tenant, device.id, forms));
}

Status PostgresStore::put_rules(const Device& device, const Rules& before, const Rules& rules, Time now, std::optional<Time> seen_at) {
  Words gone, names, verdicts;
  for (const auto& [rule, verdict] : before)
    if (!rules.contains(rule)) gone.push_back(rule);
  for (const auto& [rule, verdict] : rules) {
    const auto old = before.find(rule);
    if (old != before.end() && old->second == verdict) continue;
    names.push_back(rule);
    verdicts.push_back(word_of(verdict));
    const Change change{device.tenant,    now,    device.id, "rule", rule, old == before.end() ? "" : word_of(old->second),
                        word_of(verdict), seen_at};
    if (auto logged = add_change(change); !logged) return logged;
  }
  if (!gone.empty())
    if (auto told = tell(device.tenant, "DELETE FROM rules WHERE tenant = $1 AND device = $2 AND rule = ANY($3::text[])",
                         Params(device.tenant, device.id, gone));
        !told)
      return told;
  if (!names.empty())
    if (auto told = tell(device.tenant,
                         "INSERT INTO rules (tenant, device, rule, verdict) SELECT $1, $2, * FROM unnest($3::text[], $4::text[]) ON "
                         "CONFLICT (tenant, device, rule) DO UPDATE SET verdict = excluded.verdict",
                         Params(device.tenant, device.id, names, verdicts));
        !told)
      return told;
  if (auto* one = known(device.tenant, device.id)) one->rules = rules;
  return tell(device.tenant, "UPDATE devices SET worst = $3, verdicts = $4 WHERE tenant = $1 AND device = $2",
              Params(device.tenant, device.id, worst_of(rules), verdicts_text(rules)));
}

Status PostgresStore::put_state(const std::string& tenant, const std::string& device, const std::string& state) {
  return tell(tenant, "UPDATE devices SET state = $3 WHERE tenant = $1 AND device = $2", Params(tenant, device, state));
}

Result<PostgresStore::Stands> PostgresStore::standing(const std::string& tenant, const std::string& device) {
  if (const auto* one = known(tenant, device)) return Stands{word_of(one->device.standing), one->device.silent_at.has_value()};
  auto rows = ask(tenant, "SELECT standing, silent_at FROM devices WHERE tenant = $1 AND device = $2", Params(tenant, device));
  if (!rows) return rows.error();
  return rows->size() == 0 ? Stands{} : Stands{(*rows)[0].text(0), !(*rows)[0].null(1)};
}

Status PostgresStore::count(const std::string& tenant, const std::string& device, const Stands& stands, int by) {
  if (stands.word.empty()) return Done{};
  CounterMoves moves{{{"device", stands.word}, by}};
  if (stands.word == word_of(Standing::approved)) {
    const auto found = bare_findings(tenant, device);
    if (!found) return found.error();
    const auto verdicts = rules(tenant, device);
    if (!verdicts) return verdicts.error();
    count_verdicts(*found, *verdicts, stands.silent, by, moves);
  }
  add_moves(tenant, moves);
  return Done{};
}

void PostgresStore::add_moves(const std::string& tenant, const CounterMoves& moves) {
  for (const auto& [key, by] : moves) counted_[{tenant, key.first, key.second}] += by;
}

Status PostgresStore::move_counters() {
  for (const auto& [key, by] : std::exchange(counted_, {})) {
    const auto& [tenant, what, verdict] = key;
    if (by == 0) continue;
    auto told = tell(tenant,
                     by > 0 ? "INSERT INTO counters (tenant, what, verdict, devices) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, what, "
                              "verdict) DO UPDATE SET devices = counters.devices + excluded.devices"
                            : "UPDATE counters SET devices = devices + $4 WHERE tenant = $1 AND what = $2 AND verdict = $3",
                     Params(tenant, what, verdict, by));
    if (!told) return told;
  }
  return Done{};
}

Result<Counters> PostgresStore::counters(const std::string& tenant) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto rows = ask(tenant,
                  "SELECT what, verdict, devices FROM counters WHERE tenant = $1 AND devices > 0 AND (strpos(what, '/') = 0 OR "
                  "what = '" GOKAJO_WORST_COUNTER "')",
                  Params(tenant));
  if (!rows) return rows.error();
  Counters found;
  for (int i = 0; i < rows->size(); ++i) found[(*rows)[i].text(0)][(*rows)[i].text(1)] = (*rows)[i].number(2);
  return found;
}

Result<Counters> PostgresStore::silent_counters(const std::string& tenant) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto rows = ask(tenant,
                  "SELECT substr(what, length('" GOKAJO_SILENT_COUNTER
                  "') + 1), verdict, devices FROM counters WHERE tenant = $1 AND devices > 0 AND what >= '" GOKAJO_SILENT_COUNTER
                  "' AND what < 'silent0' AND strpos(substr(what, length('" GOKAJO_SILENT_COUNTER "') + 1), '/') = 0",
                  Params(tenant));
  if (!rows) return rows.error();
  Counters found;
  for (int i = 0; i < rows->size(); ++i) found[(*rows)[i].text(0)][(*rows)[i].text(1)] = (*rows)[i].number(2);
  return found;
}

Status PostgresStore::add_change(const Change& change) {
  return tell(change.tenant,
              "INSERT INTO changes (tenant, at, device, kind, subject, before, after, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
              Params(change.tenant, change.at, change.device, change.kind, change.subject, change.before, change.after, change.seen_at));
}

Result<std::vector<Change>> PostgresStore::changes(const std::string& tenant, Time since) {
  auto rows =
      ask(tenant, "SELECT " GOKAJO_CHANGE_COLUMNS " FROM changes WHERE tenant = $1 AND at >= $2 ORDER BY at, id", Params(tenant, since));
  if (!rows) return rows.error();
  return rows->all(change_of);
}

Result<std::vector<Change>> PostgresStore::rule_changes(const std::string& tenant, Time since, std::int64_t newest) {
#define GOKAJO_NEWEST(turn)                                                                \
  "(SELECT device FROM changes WHERE tenant = $1 AND at >= $2 AND kind = 'rule' AND " turn \
  " = 'fail' AND device NOT IN (SELECT device FROM m) ORDER BY at DESC, id DESC LIMIT $3)"
  auto rows = ask(tenant,
                  // changes_of_rules has all columns, and no row is read. All of them first: for very many PCs the server would look at each.
                  "WITH c AS MATERIALIZED (SELECT at, id, device, subject, before, after, seen_at FROM changes WHERE tenant = $1 AND at >= "
                  "$2 AND kind = 'rule'), m AS MATERIALIZED (SELECT device FROM devices WHERE tenant = $1 AND silent_at IS NOT NULL), n AS MATERIALIZED (" GOKAJO_NEWEST("after") " UNION ALL " GOKAJO_NEWEST("before") ") SELECT $1::text, at, "
                  "device, 'rule'::text, subject, before, after, seen_at FROM c WHERE device IN (SELECT device FROM n) ORDER BY at, id",
                  Params(tenant, since, at_most(newest)));
#undef GOKAJO_NEWEST
  if (!rows) return rows.error();
  return rows->all(change_of);
}

Result<std::vector<Change>> PostgresStore::changes_of(const std::string& tenant, const std::string& device, std::int64_t limit) {
  auto rows =
      ask(tenant, "SELECT " GOKAJO_CHANGE_COLUMNS " FROM changes WHERE tenant = $1 AND device = $2 ORDER BY at DESC, id DESC LIMIT $3",
          Params(tenant, device, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(change_of);
}

}  // namespace gokajo::hub
