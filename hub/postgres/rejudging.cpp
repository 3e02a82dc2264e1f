// How far judging companies' PCs again is.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

namespace {

#define GOKAJO_REJUDGING_COLUMNS "tenant, begun, last, judged, pcs"

Rejudging rejudging_of(const Row& row) { return {row.text(0), row.time(1), row.text(2), row.number(3), row.number(4)}; }

}  // namespace

Result<std::optional<Rejudging>> PostgresStore::rejudging(const std::string& tenant) {
  auto rows = ask(tenant, "SELECT " GOKAJO_REJUDGING_COLUMNS " FROM rejudgings WHERE tenant = $1", Params(tenant));
  if (!rows) return rows.error();
  if (rows->size() == 0) return std::optional<Rejudging>();
  auto one = rows->first("judging again", rejudging_of);
  if (!one) return one.error();
  return std::optional(std::move(*one));
}

Result<std::vector<Rejudging>> PostgresStore::rejudgings() {
  auto rows = ask(kWholeHub, "SELECT " GOKAJO_REJUDGING_COLUMNS " FROM rejudgings ORDER BY begun, tenant", Params());
  if (!rows) return rows.error();
  return rows->all(rejudging_of);
}

Status PostgresStore::put_rejudging(const Rejudging& one) {
  return tell(one.tenant,
              "INSERT INTO rejudgings (" GOKAJO_REJUDGING_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant) DO UPDATE SET begun = excluded.begun, last = excluded.last, judged = "
              "excluded.judged, pcs = excluded.pcs",
              Params(one.tenant, one.begun, one.last, one.judged, one.pcs));
}

Status PostgresStore::end_rejudging(const std::string& tenant) {
  return tell(tenant, "DELETE FROM rejudgings WHERE tenant = $1", Params(tenant));
}

Result<std::vector<std::string>> PostgresStore::ids_behind(const std::string& tenant, const std::string& last, std::int64_t limit) {
  auto rows = ask(tenant, "SELECT device FROM devices WHERE tenant = $1 AND device > $2 AND standing <> 'removed' ORDER BY device LIMIT $3",
                  Params(tenant, last, limit));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return row.text(0); });
}

#undef GOKAJO_REJUDGING_COLUMNS

}  // namespace gokajo::hub
