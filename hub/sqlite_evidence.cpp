#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

#define GOKAJO_PACK_COLUMNS "tenant, number, kind, period_from, period_until, made, manifest, key, size, who, kept_until"

EvidencePack read_pack_row(Use& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getInt64(),  named<PackKind>(row.getColumn(2).getString()),
          time_of(row.getColumn(3)),    time_of(row.getColumn(4)),    time_of(row.getColumn(5)),
          row.getColumn(6).getString(), row.getColumn(7).getString(), row.getColumn(8).getInt64(),
          row.getColumn(9).getString(), time_of(row.getColumn(10))};
}

}  // namespace

Result<std::vector<EvidencePack>> SqliteStore::evidence_packs(const std::string& tenant, std::size_t limit) {
  return answered([&]() -> Result<std::vector<EvidencePack>> {
    auto query = prepared("SELECT " GOKAJO_PACK_COLUMNS " FROM evidence_packs WHERE tenant = ? ORDER BY number DESC LIMIT ?");
    query.bind(1, tenant);
    query.bind(2, static_cast<std::int64_t>(limit));
    std::vector<EvidencePack> found;
    while (query.executeStep()) found.push_back(read_pack_row(query));
    return found;
  });
}

Result<EvidencePack> SqliteStore::evidence_pack(const std::string& tenant, std::int64_t number) {
  return answered([&]() -> Result<EvidencePack> {
    auto query = prepared("SELECT " GOKAJO_PACK_COLUMNS " FROM evidence_packs WHERE tenant = ? AND number = ?");
    query.bind(1, tenant);
    query.bind(2, number);
    if (!query.executeStep()) return Error{ErrorKind::not_found, "store: no such evidence pack"};
    return read_pack_row(query);
  });
}

Status SqliteStore::add_evidence_pack(const EvidencePack& pack) {
  if (auto added = wrote("INSERT INTO evidence_packs (" GOKAJO_PACK_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", pack.tenant,
                         pack.number, name_of(pack.kind), seconds(pack.from), seconds(pack.until), seconds(pack.made), pack.manifest,
                         pack.key, pack.size, pack.who, seconds(pack.kept_until));
      !added)
    return added;
  return wrote("UPDATE evidence_packs SET kept_until = 0 WHERE tenant = ? AND number <= ?", pack.tenant, pack.number - kKeptPackFiles);
}

}  // namespace gokajo::hub
