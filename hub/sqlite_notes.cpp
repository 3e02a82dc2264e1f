// What people note about PCs and companies, and the counts of each day.
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done;

Result<std::vector<std::pair<std::string, std::int64_t>>> SqliteStore::groups(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<std::pair<std::string, std::int64_t>>> {
    auto query = prepared(
        "SELECT group_name, count(*) FROM devices WHERE tenant = ? AND standing <> 'removed' AND group_name <> '' GROUP BY group_name "
        "ORDER "
        "BY group_name");
    query.bind(1, tenant);
    std::vector<std::pair<std::string, std::int64_t>> found;
    while (query.executeStep()) found.emplace_back(query.getColumn(0).getString(), query.getColumn(1).getInt64());
    return found;
  });
}

Result<std::string> SqliteStore::group(const std::string& tenant, const std::string& device) {
  return answered([&]() -> Result<std::string> {
    auto query = prepared("SELECT group_name FROM devices WHERE tenant = ? AND device = ?");
    query.bind(1, tenant);
    query.bind(2, device);
    return query.executeStep() ? query.getColumn(0).getString() : std::string();
  });
}

Status SqliteStore::set_group(const std::string& tenant, const std::string& device, const std::string& group) {
  return wrote("UPDATE devices SET group_name = ?1 WHERE tenant = ?2 AND device = ?3", group, tenant, device);
}

Result<std::vector<Plan>> SqliteStore::plans(const std::string& tenant, const std::string& device) {
  return answered([&]() -> Result<std::vector<Plan>> {
    auto query = prepared(
        "SELECT device, check_id, state, until, who, noted FROM plans WHERE tenant = ?1 AND (?2 = '' OR device = ?2) ORDER BY device, "
        "check_id");
    query.bind(1, tenant);
    query.bind(2, device);
    std::vector<Plan> found;
    while (query.executeStep())
      found.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), named<PlanState>(query.getColumn(2).getString()),
                       optional_time(query.getColumn(3)), query.getColumn(4).getString(), time_of(query.getColumn(5))});
    return found;
  });
}

Status SqliteStore::put_plan(const std::string& tenant, const Plan& plan) {
  return answered([&]() -> Status {
    auto statement =
        prepared("INSERT OR REPLACE INTO plans (tenant, device, check_id, state, until, who, noted) VALUES (?, ?, ?, ?, ?, ?, ?)");
    statement.bind(1, tenant);
    statement.bind(2, plan.device);
    statement.bind(3, plan.check);
    statement.bind(4, name_of(plan.state));
    bind_optional(statement.raw(), 5, plan.until);
    statement.bind(6, plan.who);
    statement.bind(7, seconds(plan.noted));
    statement.exec();
    return Done{};
  });
}

Status SqliteStore::remove_plan(const std::string& tenant, const std::string& device, const std::string& check) {
  return wrote("DELETE FROM plans WHERE tenant = ? AND device = ? AND check_id = ?", tenant, device, check);
}

Result<std::vector<DailyCount>> SqliteStore::daily_counts(const std::string& tenant, Time since) {
  return answered([&]() -> Result<std::vector<DailyCount>> {
    auto query = prepared(
        "SELECT day, rule, pass, fail, unknown, ask, not_applicable, silent, resting FROM daily_counts WHERE tenant = ? AND day >= ? ORDER "
        "BY day, rule");
    query.bind(1, tenant);
    query.bind(2, seconds(since));
    std::vector<DailyCount> found;
    while (query.executeStep()) {
      const auto number = [&](int column) { return query.getColumn(column).getInt64(); };
      found.push_back({time_of(query.getColumn(0)), query.getColumn(1).getString(), number(2), number(3), number(4), number(5), number(6),
                       number(7), number(8)});
    }
    return found;
  });
}

Status SqliteStore::put_daily_count(const std::string& tenant, const DailyCount& count) {
  return wrote(
      "INSERT OR REPLACE INTO daily_counts (tenant, day, rule, pass, fail, unknown, ask, not_applicable, silent, resting) VALUES (?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?)",
      tenant, seconds(count.day), count.rule, count.pass, count.fail, count.unknown, count.ask, count.not_applicable, count.silent,
      count.resting);
}

Result<std::int64_t> SqliteStore::forget_daily_counts(Time before, std::int64_t limit) {
  return answered([&]() -> Result<std::int64_t> {
    auto statement = prepared(
        "DELETE FROM daily_counts WHERE (tenant, day, rule) IN (SELECT tenant, day, rule FROM daily_counts WHERE day < ? LIMIT ?)");
    statement.bind(1, seconds(before));
    statement.bind(2, limit);
    return statement.exec();
  });
}

Result<Comment> SqliteStore::comment(const std::string& tenant) {
  return answered([&]() -> Result<Comment> {
    auto query = prepared("SELECT text, who, at FROM comments WHERE tenant = ?");
    query.bind(1, tenant);
    if (!query.executeStep()) return Comment{};
    return Comment{query.getColumn(0).getString(), query.getColumn(1).getString(), time_of(query.getColumn(2))};
  });
}

Status SqliteStore::put_comment(const std::string& tenant, const Comment& comment) {
  return wrote("INSERT OR REPLACE INTO comments (tenant, text, who, at) VALUES (?, ?, ?, ?)", tenant, comment.text, comment.who,
               seconds(comment.at));
}

}  // namespace gokajo::hub
