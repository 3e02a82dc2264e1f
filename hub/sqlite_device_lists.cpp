// PCs listed, searched and counted by what people ask for: many with one question.
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

// Words of ours.
std::string verdicts_in(const DeviceFilter& filter) {
  std::string words;
  for (const auto verdict : filter.verdicts) words += (words.empty() ? "'" : ", '") + name_of(verdict) + "'";
  return words;
}

// Parameters: 1 tenant, 2 `only`, 3 `but`, 4 group, 5 text, 6 rule, 8 limit, 9 offset. What goes into the text is ours alone.
std::string condition_of(const DeviceFilter& filter) {
  std::string text = "d.tenant = ?1 AND d.standing <> 'removed'";
  if (filter.standing) text += " AND d.standing = '" + name_of(*filter.standing) + "'";
  if (filter.worst) text += " AND d.worst = " + std::to_string(*filter.worst);
  if (filter.unmarked) text += " AND d.silent_at IS NULL";
  if (!filter.but.empty()) text += " AND d.device NOT IN (SELECT value FROM json_each(?3))";
  if (filter.group) text += " AND d.group_name = ?4";
  if (filter.group && !filter.group->empty()) text += " AND d.group_name <> ''";  // for the index
  if (!filter.text.empty()) text += " AND instr(d.search, lower(?5)) > 0";
  if (filter.verdicts.empty()) return text;
  if (filter.few)
    return text + " AND d.device IN (SELECT device FROM rules INDEXED BY rules_by_verdict WHERE tenant = ?1 AND verdict IN (" +
           verdicts_in(filter) + ") AND rule = ?6)";
  text += " AND (FALSE";
  for (const auto verdict : filter.verdicts) {
    const auto named = name_of(verdict);
    text +=
        filter.rule.empty() ? " OR instr(d.verdicts, '=" + named + " ') > 0" : " OR instr(d.verdicts, ' ' || ?6 || '=" + named + " ') > 0";
    if (verdict == Verdict::unknown) text += filter.rule.empty() ? " OR d.worst = 1" : " OR instr(d.verdicts, ' ' || ?6 || '=') = 0";
  }
  return text + ")";
}

// Every one of these indexes has what such a filter goes by, so that PCs that are passed over are not read.
std::string source_of(const DeviceFilter& filter, DeviceOrder order) {
  if (filter.only) return "json_each(?2) AS o CROSS JOIN devices AS d ON d.device = o.value";
  std::string index = "devices_by_name";
  if (filter.group && !filter.group->empty())
    index = "devices_by_group";
  else if (order == DeviceOrder::last_heard)
    index = "devices_by_heard";
  else if (filter.worst && filter.standing == Standing::approved && filter.text.empty())
    index = "devices_by_worst";
  return "devices AS d INDEXED BY " + index;
}

constexpr int kBehindDevice = 26;  // what is asked for behind the columns of the device

const char* order_of(DeviceOrder order) { return order == DeviceOrder::last_heard ? "heard_day, device" : "name, device"; }

void bind_filter(SQLite::Statement& statement, const std::string& tenant, const DeviceFilter& filter) {
  statement.bind(1, tenant);
  const auto bind = [&](int index, bool used, const std::string& value) {
    if (used) statement.bind(index, value);
  };
  bind(2, filter.only.has_value(), as_list(filter.only.value_or(std::vector<std::string>{})));
  bind(3, !filter.but.empty(), as_list(filter.but));
  bind(4, filter.group.has_value(), filter.group.value_or(""));
  bind(5, !filter.text.empty(), filter.text);
  if (filter.verdicts.empty()) return;
  bind(6, !filter.rule.empty(), filter.rule);
}

}  // namespace

Result<std::int64_t> SqliteStore::count_devices(const std::string& tenant, const DeviceFilter& filter) {
  return answered([&]() -> Result<std::int64_t> {
    auto query = prepared_text("SELECT count(*) FROM " + source_of(filter, DeviceOrder::name) + " WHERE " + condition_of(filter));
    bind_filter(query.raw(), tenant, filter);
    query.executeStep();
    return query.getColumn(0).getInt64();
  });
}

Result<std::vector<ListedDevice>> SqliteStore::page_devices(const std::string& tenant, const DeviceFilter& filter, DeviceOrder order,
                                                            std::int64_t offset, std::int64_t limit) {
  return answered([&]() -> Result<std::vector<ListedDevice>> {
    const std::string by = order_of(order);
    auto query = prepared_text("SELECT " GOKAJO_DEVICE_COLUMNS
                               ", group_name FROM devices WHERE tenant = ?1 AND device IN (SELECT device FROM (SELECT d.device FROM " +
                               source_of(filter, order) + " WHERE " + condition_of(filter) + " ORDER BY " + by +
                               " LIMIT ?8 OFFSET ?9)) ORDER BY " + by);
    bind_filter(query.raw(), tenant, filter);
    query.bind(8, limit);
    query.bind(9, offset);
    std::vector<ListedDevice> found;
    while (query.executeStep()) found.push_back({read_device(query.raw()), query.getColumn(kBehindDevice).getString()});
    return found;
  });
}

Result<std::vector<MatchedDevice>> SqliteStore::matching(const std::string& tenant, const std::string& text,
                                                         const std::optional<std::string>& group, std::int64_t limit) {
  return answered([&]() -> Result<std::vector<MatchedDevice>> {
    DeviceFilter filter;
    filter.text = text;
    filter.group = group;
    auto query = prepared_text("SELECT device, standing, worst, silent_at IS NOT NULL, verdicts FROM " +
                               source_of(filter, DeviceOrder::name) + " WHERE " + condition_of(filter) + " ORDER BY name, device LIMIT ?8");
    bind_filter(query.raw(), tenant, filter);
    query.bind(8, limit);
    std::vector<MatchedDevice> found;
    while (query.executeStep())
      found.push_back({query.getColumn(0).getString(), named<Standing>(query.getColumn(1).getString()), query.getColumn(2).getInt(),
                       query.getColumn(3).getInt() != 0, query.getColumn(4).getString()});
    return found;
  });
}

Result<std::vector<MatchCount>> SqliteStore::count_matching(const std::string& tenant, const std::string& text,
                                                            const std::optional<std::string>& group) {
  return answered([&]() -> Result<std::vector<MatchCount>> {
    DeviceFilter filter;
    filter.text = text;
    filter.group = group;
    auto query = prepared_text("SELECT standing, worst, silent_at IS NOT NULL, count(*) FROM " + source_of(filter, DeviceOrder::name) +
                               " WHERE " + condition_of(filter) + " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");
    bind_filter(query.raw(), tenant, filter);
    std::vector<MatchCount> found;
    while (query.executeStep())
      found.push_back({named<Standing>(query.getColumn(0).getString()), query.getColumn(1).getInt(), query.getColumn(2).getInt() != 0,
                       query.getColumn(3).getInt64()});
    return found;
  });
}

Result<std::vector<JudgedDevice>> SqliteStore::devices_behind(const std::string& tenant, const Device* last, std::int64_t limit) {
  return answered([&]() -> Result<std::vector<JudgedDevice>> {
    auto query =
        prepared("SELECT " GOKAJO_DEVICE_COLUMNS
                 ", verdicts FROM devices INDEXED BY devices_by_name WHERE tenant = ?1 AND standing <> 'removed' AND (name, device) > (?2, "
                 "?3) ORDER BY name, device LIMIT ?4");
    query.bind(1, tenant);
    query.bind(2, last ? last->shown_name() : "");
    query.bind(3, last ? last->id : "");
    query.bind(4, limit);
    std::vector<JudgedDevice> found;
    while (query.executeStep()) found.push_back({read_device(query.raw()), query.getColumn(kBehindDevice).getString()});
    return found;
  });
}

Result<std::vector<NamedDevice>> SqliteStore::names_of(const std::string& tenant, const std::vector<std::string>& devices) {
  return answered([&]() -> Result<std::vector<NamedDevice>> {
    auto query = prepared(
        "SELECT device, name FROM json_each(?2) AS o CROSS JOIN devices ON tenant = ?1 AND device = o.value WHERE standing = 'approved' "
        "ORDER BY name, device");
    query.bind(1, tenant);
    query.bind(2, as_list(devices));
    return all_named(query.raw());
  });
}

}  // namespace gokajo::hub
