// What people note about PCs and companies, and the counts of each day.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

Result<std::vector<std::pair<std::string, std::int64_t>>> PostgresStore::groups(const std::string& tenant) {
  auto rows = ask(tenant,
                  "SELECT group_name, count(*) FROM devices WHERE tenant = $1 AND standing <> 'removed' AND group_name <> '' GROUP BY "
                  "group_name ORDER BY group_name",
                  Params(tenant));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return std::pair(row.text(0), row.number(1)); });
}

Result<std::string> PostgresStore::group(const std::string& tenant, const std::string& device) {
  auto rows = ask(tenant, "SELECT group_name FROM devices WHERE tenant = $1 AND device = $2", Params(tenant, device));
  if (!rows) return rows.error();
  return rows->size() == 0 ? std::string() : (*rows)[0].text(0);
}

Status PostgresStore::set_group(const std::string& tenant, const std::string& device, const std::string& group) {
  return tell(tenant, "UPDATE devices SET group_name = $3 WHERE tenant = $1 AND device = $2", Params(tenant, device, group));
}

Result<std::vector<Plan>> PostgresStore::plans(const std::string& tenant, const std::string& device) {
  auto rows = ask(tenant,
                  "SELECT device, check_id, state, until, who, noted FROM plans WHERE tenant = $1 AND ($2::text = '' OR device = $2::text) "
                  "ORDER BY device, check_id",
                  Params(tenant, device));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) {
    return Plan{row.text(0), row.text(1), row.named<PlanState>(2), row.optional_time(3), row.text(4), row.time(5)};
  });
}

Status PostgresStore::put_plan(const std::string& tenant, const Plan& plan) {
  return tell(tenant,
              "INSERT INTO plans (tenant, device, check_id, state, until, who, noted) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT "
              "(tenant, device, check_id) DO UPDATE SET state = excluded.state, until = excluded.until, who = excluded.who, noted = "
              "excluded.noted",
              Params(tenant, plan.device, plan.check, word_of(plan.state), plan.until, plan.who, plan.noted));
}

Status PostgresStore::remove_plan(const std::string& tenant, const std::string& device, const std::string& check) {
  return tell(tenant, "DELETE FROM plans WHERE tenant = $1 AND device = $2 AND check_id = $3", Params(tenant, device, check));
}

Result<std::vector<DailyCount>> PostgresStore::daily_counts(const std::string& tenant, Time since) {
  auto rows = ask(tenant,
                  "SELECT day, rule, pass, fail, unknown, ask, not_applicable, silent, resting FROM daily_counts WHERE tenant = $1 AND "
                  "day >= $2 ORDER BY day, rule",
                  Params(tenant, since));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) {
    return DailyCount{row.time(0),   row.text(1),   row.number(2), row.number(3), row.number(4),
                      row.number(5), row.number(6), row.number(7), row.number(8)};
  });
}

Status PostgresStore::put_daily_count(const std::string& tenant, const DailyCount& count) {
  return tell(tenant,
              "INSERT INTO daily_counts (tenant, day, rule, pass, fail, unknown, ask, not_applicable, silent, resting) VALUES ($1, $2, $3, "
              "$4, $5, $6, $7, $8, $9, $10) ON CONFLICT (tenant, day, rule) DO UPDATE SET pass = excluded.pass, fail = excluded.fail, "
              "unknown = excluded.unknown, ask = excluded.ask, not_applicable = excluded.not_applicable, silent = excluded.silent, resting "
              "= excluded.resting",
              Params(tenant, count.day, count.rule, count.pass, count.fail, count.unknown, count.ask, count.not_applicable, count.silent,
                     count.resting));
}

Result<std::int64_t> PostgresStore::forget_daily_counts(Time before, std::int64_t limit) {
  return count_of(kWholeHub,
                  "DELETE FROM daily_counts WHERE (tenant, day, rule) IN (SELECT tenant, day, rule FROM daily_counts WHERE day < $1 LIMIT "
                  "$2)",
                  Params(before, at_most(limit)));
}

Result<Comment> PostgresStore::comment(const std::string& tenant) {
  auto rows = ask(tenant, "SELECT text, who, at FROM comments WHERE tenant = $1", Params(tenant));
  if (!rows) return rows.error();
  if (rows->size() == 0) return Comment{};
  return rows->first("comment", [](const Row& row) { return Comment{row.text(0), row.text(1), row.time(2)}; });
}

Status PostgresStore::put_comment(const std::string& tenant, const Comment& comment) {
  return tell(tenant,
              "INSERT INTO comments (tenant, text, who, at) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant) DO UPDATE SET text = "
              "excluded.text, who = excluded.who, at = excluded.at",
              Params(tenant, comment.text, comment.who, comment.at));
}

}  // namespace gokajo::hub
