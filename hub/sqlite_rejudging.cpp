// How far judging companies' PCs again is.
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done;

namespace {

#define GOKAJO_REJUDGING_COLUMNS "tenant, begun, last, judged, pcs"

Rejudging rejudging_of(Use& row) {
  return {row.getColumn(0).getString(), time_of(row.getColumn(1)), row.getColumn(2).getString(), row.getColumn(3).getInt64(),
          row.getColumn(4).getInt64()};
}

}  // namespace

Result<std::optional<Rejudging>> SqliteStore::rejudging(const std::string& tenant) {
  return answered([&]() -> Result<std::optional<Rejudging>> {
    auto query = prepared("SELECT " GOKAJO_REJUDGING_COLUMNS " FROM rejudgings WHERE tenant = ?");
    query.bind(1, tenant);
    if (!query.executeStep()) return std::optional<Rejudging>();
    return std::optional(rejudging_of(query));
  });
}

Result<std::vector<Rejudging>> SqliteStore::rejudgings() {
  return answered([&]() -> Result<std::vector<Rejudging>> {
    auto query = prepared("SELECT " GOKAJO_REJUDGING_COLUMNS " FROM rejudgings ORDER BY begun, tenant");
    std::vector<Rejudging> found;
    while (query.executeStep()) found.push_back(rejudging_of(query));
    return found;
  });
}

Status SqliteStore::put_rejudging(const Rejudging& one) {
  return answered([&]() -> Status {
    auto statement = prepared("INSERT OR REPLACE INTO rejudgings (" GOKAJO_REJUDGING_COLUMNS ") VALUES (?, ?, ?, ?, ?)");
    statement.bind(1, one.tenant);
    statement.bind(2, seconds(one.begun));
    statement.bind(3, one.last);
    statement.bind(4, one.judged);
    statement.bind(5, one.pcs);
    statement.exec();
    return Done{};
  });
}

Status SqliteStore::end_rejudging(const std::string& tenant) {
  return answered([&]() -> Status {
    auto statement = prepared("DELETE FROM rejudgings WHERE tenant = ?");
    statement.bind(1, tenant);
    statement.exec();
    return Done{};
  });
}

Result<std::vector<std::string>> SqliteStore::ids_behind(const std::string& tenant, const std::string& last, std::int64_t limit) {
  return answered([&]() -> Result<std::vector<std::string>> {
    auto query = prepared("SELECT device FROM devices WHERE tenant = ? AND device > ? AND standing <> 'removed' ORDER BY device LIMIT ?");
    query.bind(1, tenant);
    query.bind(2, last);
    query.bind(3, limit);
    std::vector<std::string> found;
    while (query.executeStep()) found.push_back(query.getColumn(0).getString());
    return found;
  });
}

#undef GOKAJO_REJUDGING_COLUMNS

}  // namespace gokajo::hub
