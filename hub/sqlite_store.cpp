#include "hub/sqlite_store.h"

#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

Error none(const std::string& what) { return {ErrorKind::not_found, "store: no such " + what}; }

// Every row of a query, read by `read`.
template <class Read>
auto all(Use query, const Read& read) {
  std::vector<decltype(read(query.raw()))> rows;
  while (query.executeStep()) rows.push_back(read(query.raw()));
  return rows;
}

constexpr const char* kCompany =
    "SELECT tenant, name, pack, policy, offset_minutes, stated_devices, closed_days, responsible, staff_told, owner_name, owner_mail, "
    "person_in_charge, schedule, created, confirmed FROM companies WHERE tenant = ?";
constexpr const char* kCompanies =
    "SELECT tenant, name, pack, policy, offset_minutes, stated_devices, closed_days, responsible, staff_told, owner_name, owner_mail, "
    "person_in_charge, schedule, created, confirmed FROM companies ORDER BY tenant";
constexpr const char* kPutCompany =
    "INSERT INTO companies (tenant, name, pack, policy, offset_minutes, stated_devices, closed_days, responsible, staff_told, owner_name, "
    "owner_mail, person_in_charge, schedule, created, confirmed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant) "
    "DO UPDATE SET "
    "name = excluded.name, pack = excluded.pack, policy = excluded.policy, offset_minutes = excluded.offset_minutes, stated_devices = "
    "excluded.stated_devices, closed_days = excluded.closed_days, responsible = excluded.responsible, staff_told = excluded.staff_told, "
    "owner_name = excluded.owner_name, owner_mail = excluded.owner_mail, person_in_charge = excluded.person_in_charge, schedule = "
    "excluded.schedule, confirmed = excluded.confirmed, generation = generation + 1";
constexpr const char* kCodes =
    "SELECT tenant, number, hash, kind, uses_left, created, valid_until, revoked FROM codes WHERE tenant = ? ORDER BY number";
constexpr const char* kCodeByHash = "SELECT tenant, number, hash, kind, uses_left, created, valid_until, revoked FROM codes WHERE hash = ?";
constexpr const char* kDeclarations =
    "SELECT device, question, about, answer, who, answered_at, valid_until, withdrawn FROM declarations WHERE tenant = ? ORDER BY device, "
    "question, about";

}  // namespace

platform::Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path) {
  auto database = Database::open(path);
  if (!database) return database.error();
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(std::move(*database)));
}

void SqliteStore::run(const char* sql) {
  auto statement = prepared(sql);
  statement.exec();
}

Status SqliteStore::begin() { return begin_writing(Durable::now); }

Status SqliteStore::begin_reports(std::span<const Awaited> /*reports*/, Durable durable) { return begin_writing(durable); }

Status SqliteStore::begin_writing(Durable durable) {
  return answered([&]() -> Status {
    // Holds for the connection until it is set otherwise. NORMAL leaves the log (WAL) to the next commit that waits for the disk, which
    // writes out all of it. Not prepared once: SQLite may set it when the text is compiled (its page on PRAGMA).
    if (durable != durable_) {
      durable_ = Durable::later;  // what is not known to be FULL is set anew the next time
      database_->raw().exec(durable == Durable::now ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
      durable_ = durable;
    }
    run("BEGIN IMMEDIATE");
    return Done{};
  });
}

Status SqliteStore::begin_reading() {
  return answered([&]() -> Status {
    run("BEGIN");
    return Done{};
  });
}

Status SqliteStore::commit() {
  auto status = answered([&]() -> Status {
    run("COMMIT");
    ++commits_;
    return Done{};
  });
  if (!status) rollback();
  return status;
}

Result<StoreVersion> SqliteStore::version() {
  return answered([&]() -> Result<StoreVersion> {
    auto query = prepared("PRAGMA data_version");  // moves with commits of other connections only
    query.executeStep();
    return StoreVersion{commits_, query.getColumn(0).getInt64()};
  });
}

void SqliteStore::rollback() {
  // SQLite may have rolled back by itself (disk full): then there is nothing left to undo.
  (void)answered([&]() -> Status {
    run("ROLLBACK");
    return Done{};
  });
}

Result<std::vector<Company>> SqliteStore::companies() {
  return answered([&]() -> Result<std::vector<Company>> { return all(prepared(kCompanies), read_company); });
}

Result<Company> SqliteStore::company(const std::string& tenant) {
  return answered([&]() -> Result<Company> {
    auto query = prepared(kCompany);
    query.bind(1, tenant);
    if (!query.executeStep()) return none("company");
    return read_company(query.raw());
  });
}

Status SqliteStore::put_company(const Company& company) {
  return answered([&]() -> Status {
    const auto old = this->company(company.id);
    {
      auto statement = prepared(kPutCompany);
      bind_company(statement.raw(), company);
      statement.exec();
    }
    return old && other_calendar(*old, company) ? end_marks(company.id, kSinceEver) : Status(Done{});
  });
}

Result<std::int64_t> SqliteStore::generation(const std::string& tenant) {
  return answered([&]() -> Result<std::int64_t> {
    auto query = prepared("SELECT generation FROM companies WHERE tenant = ?");
    query.bind(1, tenant);
    if (!query.executeStep()) return none("company");
    return query.getColumn(0).getInt64();
  });
}

void SqliteStore::move_generation(const std::string& tenant) {
  auto statement = prepared("UPDATE companies SET generation = generation + 1 WHERE tenant = ?");
  statement.bind(1, tenant);
  statement.exec();
}

Result<std::int64_t> SqliteStore::add_code(const Code& code) {
  return answered([&]() -> Result<std::int64_t> {
    auto statement = prepared(
        "INSERT INTO codes (tenant, number, hash, kind, uses_left, created, valid_until) SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, "
        "?4, "
        "?5, ?6 FROM codes WHERE tenant = ?1 RETURNING number");
    statement.bind(1, code.tenant);
    statement.bind(2, code.hash);
    statement.bind(3, name_of(code.kind));
    statement.bind(4, code.uses_left);
    statement.bind(5, seconds(code.created));
    statement.bind(6, seconds(code.valid_until));
    if (!statement.executeStep()) return none("company");
    const auto number = statement.getColumn(0).getInt64();
    return number;
  });
}

Result<std::vector<Code>> SqliteStore::codes(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<Code>> {
    auto query = prepared(kCodes);
    query.bind(1, tenant);
    return all(std::move(query), read_code_row);
  });
}

Result<Code> SqliteStore::code_by_hash(const std::string& hash) {
  return answered([&]() -> Result<Code> {
    auto query = prepared(kCodeByHash);
    query.bind(1, hash);
    if (!query.executeStep()) return none("code");
    return read_code_row(query.raw());
  });
}

Status SqliteStore::use_code(const Code& code) {
  return answered([&]() -> Status {
    auto statement = prepared("UPDATE codes SET uses_left = uses_left - 1 WHERE tenant = ? AND number = ? AND uses_left > 0");
    statement.bind(1, code.tenant);
    statement.bind(2, code.number);
    if (statement.exec() != 1) return none("code");
    return Done{};
  });
}

Status SqliteStore::revoke_code(const std::string& tenant, std::int64_t number, Time now) {
  return answered([&]() -> Status {
    auto statement = prepared("UPDATE codes SET revoked = coalesce(revoked, ?3) WHERE tenant = ?1 AND number = ?2");
    statement.bind(1, tenant);
    statement.bind(2, number);
    statement.bind(3, seconds(now));
    if (statement.exec() != 1) return none("code");
    return Done{};
  });
}

Result<std::vector<KeptDeclaration>> SqliteStore::declarations(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<KeptDeclaration>> {
    auto query = prepared(kDeclarations);
    query.bind(1, tenant);
    return all(std::move(query), read_declaration);
  });
}

Status SqliteStore::put_declaration(const std::string& tenant, const KeptDeclaration& kept) {
  return answered([&]() -> Status {
    auto statement = prepared(
        "INSERT OR REPLACE INTO declarations (tenant, device, question, about, answer, who, answered_at, valid_until, withdrawn) VALUES "
        "(?, ?, "
        "?, ?, ?, ?, ?, ?, ?)");
    statement.bind(1, tenant);
    statement.bind(2, kept.device);
    statement.bind(3, kept.declaration.question);
    statement.bind(4, kept.declaration.about);
    statement.bind(5, kept.declaration.answer);
    statement.bind(6, kept.declaration.who);
    statement.bind(7, seconds(kept.declaration.answered_at));
    statement.bind(8, seconds(kept.declaration.valid_until));
    bind_optional(statement.raw(), 9, kept.withdrawn);
    statement.exec();
    move_generation(tenant);
    return Done{};
  });
}

// What is left of a removed device that has no content any more.
#define GOKAJO_GONE                                                                                                                 \
  " JOIN devices USING (tenant, device) WHERE standing = 'removed' AND NOT EXISTS (SELECT 1 FROM contents WHERE contents.tenant = " \
  "devices.tenant AND contents.device = devices.device) LIMIT ?)"

Result<std::int64_t> SqliteStore::forget_before(Time reports, Time changes, Time ended, std::int64_t limit) {
  return answered([&]() -> Result<std::int64_t> {
    std::int64_t gone = 0;
    const auto forget = [&](const char* sql, Time before) {
      auto statement = prepared(sql);
      statement.bind(1, seconds(before));
      statement.bind(2, limit);
      gone += statement.exec();
    };
    // Of a device that was removed nothing stays but that it was here.
    forget(
        "DELETE FROM contents WHERE rowid IN (SELECT contents.rowid FROM contents JOIN devices USING (tenant, device) WHERE standing = "
        "'removed' AND received_at < ? LIMIT ?)",
        reports);
    for (const char* sql : {"DELETE FROM memories WHERE rowid IN (SELECT memories.rowid FROM memories" GOKAJO_GONE,
                            "DELETE FROM finding_forms WHERE rowid IN (SELECT finding_forms.rowid FROM finding_forms" GOKAJO_GONE,
                            "DELETE FROM findings WHERE (tenant, device) IN (SELECT tenant, device FROM findings" GOKAJO_GONE,
                            "DELETE FROM rules WHERE (tenant, device) IN (SELECT tenant, device FROM rules" GOKAJO_GONE,
                            "DELETE FROM plans WHERE (tenant, device) IN (SELECT tenant, device FROM plans" GOKAJO_GONE,
                            "DELETE FROM declarations WHERE (tenant, device) IN (SELECT tenant, device FROM declarations" GOKAJO_GONE}) {
      auto statement = prepared(sql);
      statement.bind(1, limit);
      gone += statement.exec();
    }
    // What a device's state rests on stays.
    forget(
        "DELETE FROM reports WHERE rowid IN (SELECT rowid FROM reports WHERE stored_at < ? AND NOT EXISTS (SELECT 1 FROM contents WHERE "
        "contents.tenant = reports.tenant AND contents.device = reports.device AND contents.epoch = reports.epoch AND contents.seq = "
        "reports.seq) ORDER BY stored_at LIMIT ?)",
        reports);
    forget("DELETE FROM changes WHERE rowid IN (SELECT rowid FROM changes WHERE at < ? ORDER BY at LIMIT ?)", changes);
    // That it was sent, and when, is what the next mails go by.
    forget(
        "UPDATE mails SET body = '' WHERE id IN (SELECT id FROM mails WHERE created < ? AND state <> 'waiting' AND body <> '' ORDER BY id "
        "LIMIT ?)",
        changes);
    forget("DELETE FROM codes WHERE hash IN (SELECT hash FROM codes WHERE valid_until < ? LIMIT ?)", ended);
    return gone;
  });
}

#undef GOKAJO_GONE

}  // namespace gokajo::hub
