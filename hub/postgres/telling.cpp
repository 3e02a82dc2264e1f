// What people tell the hub beside the company itself, and what it tells of its mails and of what was done.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

namespace {

constexpr std::int64_t kMany = 5000;  // as in findings.cpp

std::string word(const Row& row) { return row.text(0); }

}  // namespace

Result<CompanySheet> PostgresStore::sheet(const std::string& tenant) {
  auto rows =
      ask(tenant, "SELECT tenant, declaration, star, declared_on, review_on, mail_detail FROM sheets WHERE tenant = $1", Params(tenant));
  if (!rows) return rows.error();
  if (rows->size() == 0) {
    CompanySheet none;
    none.tenant = tenant;
    return none;
  }
  return rows->first(
      "sheet", [](const Row& row) { return CompanySheet{row.text(0), row.text(1), row.number(2), row.text(3), row.text(4), row.text(5)}; });
}

Status PostgresStore::put_sheet(const CompanySheet& sheet) {
  return tell(sheet.tenant,
              "INSERT INTO sheets (tenant, declaration, star, declared_on, review_on, mail_detail) VALUES ($1, $2, $3, $4, $5, $6) ON "
              "CONFLICT (tenant) DO UPDATE SET declaration = excluded.declaration, star = excluded.star, declared_on = "
              "excluded.declared_on, review_on = excluded.review_on, mail_detail = excluded.mail_detail",
              Params(sheet.tenant, sheet.declaration, sheet.star, sheet.declared_on, sheet.review_on, sheet.mail_detail));
}

Result<std::vector<std::string>> PostgresStore::devices_asking(const std::string& tenant, const std::string& check, std::size_t limit) {
  if (auto moved = move_counters(); !moved) return moved.error();
  auto counted =
      ask(tenant, "SELECT coalesce(sum(devices), 0)::bigint FROM counters WHERE tenant = $1 AND what IN ($2, $3) AND verdict = 'ask'",
          Params(tenant, GOKAJO_CHECK_COUNTER + check, GOKAJO_SILENT_COUNTER GOKAJO_CHECK_COUNTER + check));
  if (!counted) return counted.error();
  // Of very many by name until there are enough; else all of them first, for the server takes few for many.
  auto rows =
      ask(tenant,
          (*counted)[0].number(0) > kMany
              ? "SELECT d.device FROM devices AS d WHERE d.tenant = $1 AND d.standing <> 'removed' AND (SELECT TRUE FROM findings AS "
                "f WHERE f.tenant = $1 AND f.check_id = $2::text AND f.verdict = 'ask' AND f.device = d.device LIMIT 1) ORDER BY "
                "d.name, d.device LIMIT $3"
              : "WITH f AS MATERIALIZED (SELECT device FROM findings WHERE tenant = $1 AND check_id = $2 AND verdict = 'ask') SELECT "
                "f.device FROM f JOIN devices AS d ON d.tenant = $1 AND d.device = f.device WHERE d.standing <> 'removed' ORDER BY d.name, "
                "f.device LIMIT $3",
          Params(tenant, check, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(word);
}

Result<std::vector<Device>> PostgresStore::devices_waiting(const std::string& tenant, std::size_t limit) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEVICE_COLUMNS
                  " FROM devices WHERE tenant = $1 AND standing = 'waiting' ORDER BY label, host_name, device LIMIT $2",
                  Params(tenant, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Result<std::vector<Device>> PostgresStore::devices_called(const std::string& tenant, const std::string& label, const std::string& host_name,
                                                          std::size_t limit) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEVICE_COLUMNS
                  " FROM devices WHERE tenant = $1 AND standing <> 'removed' AND (label IN ($2, $3) OR host_name IN ($2, $3)) ORDER BY "
                  "label, host_name, device LIMIT $4",
                  Params(tenant, label, host_name, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Result<std::string> PostgresStore::hub_value(const std::string& name) {
  auto rows = ask(kWholeHub, "SELECT value FROM hub_values WHERE name = $1", Params(name));
  if (!rows) return rows.error();
  return rows->first("value", [](const Row& row) { return row.blob(0); });
}

Status PostgresStore::put_hub_value(const std::string& name, const std::string& value) {
  if (value.empty()) return tell(kWholeHub, "DELETE FROM hub_values WHERE name = $1", Params(name));
  return tell(kWholeHub, "INSERT INTO hub_values (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
              Params(name, Blob{value}));
}

Result<std::vector<MailNote>> PostgresStore::recent_mails(std::size_t limit) {
  auto rows =
      ask(kWholeHub, "SELECT tenant, recipient, kind, state, tries, created FROM mails ORDER BY id DESC LIMIT $1", Params(at_most(limit)));
  if (!rows) return rows.error();
  return rows->all([](const Row& row) { return MailNote{row.text(0), row.text(1), row.text(2), row.text(3), row.number(4), row.time(5)}; });
}

Result<std::vector<Deed>> PostgresStore::deeds_matching(const std::string& tenant, const DeedFilter& filter, std::size_t skip,
                                                        std::size_t limit) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEED_COLUMNS
                  " FROM deeds WHERE tenant = $1 AND ($2::text = '' OR who = $2::text) AND ($3::text = '' OR what = $3::text) ORDER BY at "
                  "DESC, id DESC LIMIT $5 OFFSET $4",
                  Params(tenant, filter.who, filter.what, at_most(skip), at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(deed_of);
}

Result<std::vector<std::string>> PostgresStore::who_did(const std::string& tenant) {
  auto rows = ask(tenant, "SELECT DISTINCT who FROM deeds WHERE tenant = $1 ORDER BY who", Params(tenant));
  if (!rows) return rows.error();
  return rows->all(word);
}

Result<std::vector<std::string>> PostgresStore::what_was_done(const std::string& tenant) {
  auto rows = ask(tenant, "SELECT DISTINCT what FROM deeds WHERE tenant = $1 ORDER BY what", Params(tenant));
  if (!rows) return rows.error();
  return rows->all(word);
}

}  // namespace gokajo::hub
