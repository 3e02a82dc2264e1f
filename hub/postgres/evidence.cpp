// The chain of evidence packs.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

namespace {

#define GOKAJO_PACK_COLUMNS "tenant, number, kind, period_from, period_until, made, manifest, key, size, who, kept_until"

EvidencePack pack_of(const Row& row) {
  return {row.text(0), row.number(1), row.named<PackKind>(2), row.time(3), row.time(4), row.time(5),
          row.text(6), row.text(7),   row.number(8),          row.text(9), row.time(10)};
}

}  // namespace

Result<std::vector<EvidencePack>> PostgresStore::evidence_packs(const std::string& tenant, std::size_t limit) {
  auto rows = ask(tenant, "SELECT " GOKAJO_PACK_COLUMNS " FROM evidence_packs WHERE tenant = $1 ORDER BY number DESC LIMIT $2",
                  Params(tenant, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(pack_of);
}

Result<EvidencePack> PostgresStore::evidence_pack(const std::string& tenant, std::int64_t number) {
  auto rows = ask(tenant, "SELECT " GOKAJO_PACK_COLUMNS " FROM evidence_packs WHERE tenant = $1 AND number = $2", Params(tenant, number));
  if (!rows) return rows.error();
  return rows->first("evidence pack", pack_of);
}

Status PostgresStore::add_evidence_pack(const EvidencePack& pack) {
  auto added =
      tell(pack.tenant, "INSERT INTO evidence_packs (" GOKAJO_PACK_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
           Params(pack.tenant, pack.number, word_of(pack.kind), pack.from, pack.until, pack.made, pack.manifest, pack.key, pack.size,
                  pack.who, pack.kept_until));
  if (!added) return added;
  return tell(pack.tenant, "UPDATE evidence_packs SET kept_until = 0 WHERE tenant = $1 AND number <= $2",
              Params(pack.tenant, pack.number - kKeptPackFiles));
}

}  // namespace gokajo::hub
