// PCs listed, searched and counted by what people ask for: many with one question.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using compliance::Verdict;

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

}  // namespace

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

Result<std::vector<NamedDevice>> PostgresStore::names_of(const std::string& tenant, const std::vector<std::string>& devices) {
  auto rows =
      ask(tenant,
          "SELECT device, name FROM devices WHERE tenant = $1 AND device = ANY($2::text[]) AND standing = 'approved' ORDER BY name, "
          "device",
          Params(tenant, devices));
  if (!rows) return rows.error();
  return rows->all(named_of);
}

}  // namespace gokajo::hub
