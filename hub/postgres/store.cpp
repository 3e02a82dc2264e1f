#include "hub/postgres/open.h"
#include "hub/postgres/schema.h"
#include "hub/postgres/store_body.h"
#include "platform/json_form.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

// Every connection's lock of what must be alone; any number that nobody else uses.
#define GOKAJO_LOCK "6001746001"

constexpr const char* kLockAlone = "SELECT pg_advisory_xact_lock(" GOKAJO_LOCK ")";
constexpr const char* kLockBeside = "SELECT pg_advisory_xact_lock_shared(" GOKAJO_LOCK ")";
constexpr const char* kCountAlone = "SELECT nextval('alone')";
constexpr const char* kAloneSoFar = "SELECT last_value FROM alone";
constexpr const char* kLockDevices =
    "SELECT 1::bigint FROM devices WHERE device = ANY($1::text[]) ORDER BY device, tenant FOR NO KEY UPDATE";

constexpr const char* kRole =
    "SELECT (rolsuper OR rolbypassrls)::int::bigint, EXISTS(SELECT 1 FROM pg_class WHERE oid = 'gokajo.companies'::regclass AND "
    "pg_has_role(relowner, 'USAGE'))::int::bigint FROM pg_roles WHERE rolname = current_user";

constexpr const char* kPutCompany =
    "INSERT INTO companies (" GOKAJO_COMPANY_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (tenant) DO UPDATE SET name = excluded.name, "
    "pack = excluded.pack, policy = excluded.policy, offset_minutes = excluded.offset_minutes, stated_devices = excluded.stated_devices, "
    "closed_days = excluded.closed_days, responsible = excluded.responsible, staff_told = excluded.staff_told, owner_name = "
    "excluded.owner_name, owner_mail = excluded.owner_mail, person_in_charge = excluded.person_in_charge, schedule = excluded.schedule, "
    "confirmed = excluded.confirmed, generation = companies.generation + 1";

KeptDeclaration declaration_of(const Row& row) {
  return {row.text(0), {row.text(1), row.text(2), row.text(3), row.text(4), row.time(5), row.time(6)}, row.optional_time(7)};
}

}  // namespace

Result<std::unique_ptr<Connection>> open_connection(const std::string& url) {
  auto opened = Connection::open(url);
  if (!opened) return opened;
  const auto step = step_of(**opened);
  if (!step) return step.error();
  if (*step < last_step())
    return Error{ErrorKind::unsupported, "database: its tables are missing or of an older gokajo-hub; gokajo-hub migrate makes them"};
  if (*step > last_step())
    return Error{ErrorKind::unsupported, "database: made by a newer gokajo-hub (step " + std::to_string(*step) + ")"};
  auto role = (*opened)->ask(kRole, Params());
  if (!role) return role.error();
  if (role->size() != 1 || (*role)[0].number(0) != 0 || (*role)[0].number(1) != 0)
    return Error{ErrorKind::denied, "database: the hub must not connect as the tables' owner or as a role that row security does not bind"};
  return opened;
}

Result<std::optional<std::string>> common_fact(const std::string& url, const std::string& name, const std::optional<std::string>& mine) {
  auto opened = open_connection(url);
  if (!opened) return opened.error();
  auto& connection = **opened;
  connection.within(kWholeHub);
  if (mine) {
    auto kept = connection.ask("INSERT INTO hub_facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", Params(name, *mine));
    if (!kept) return kept.error();
  }
  auto rows = connection.ask("SELECT value FROM hub_facts WHERE name = $1", Params(name));
  if (!rows) return rows.error();
  if (rows->size() == 0) return std::optional<std::string>{};
  return std::optional(Row((*rows)[0]).text(0));
}

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url) {
  auto connection = open_connection(url);
  if (!connection) return connection.error();
  return std::unique_ptr<Store>(std::make_unique<PostgresStore>(std::move(*connection)));
}

Result<Rows> PostgresStore::ask(const std::string& tenant, const char* sql, const Params& params) {
  // deeds of the hub itself have an empty tenant, which nobody is.
  connection_->within(tenant.empty() ? kWholeHub : tenant);
  return connection_->ask(sql, params);
}

Status PostgresStore::tell(const std::string& tenant, const char* sql, const Params& params) {
  if (!gathers_) {
    const auto told = ask(tenant, sql, params);
    if (!told) return told.error();
    return Done{};
  }
  connection_->within(kWholeHub);  // rows of many companies, one after another
  connection_->send(sql, params);
  return Done{};
}

Result<std::int64_t> PostgresStore::count_of(const std::string& tenant, const char* sql, const Params& params) {
  const auto rows = ask(tenant, sql, params);
  if (!rows) return rows.error();
  return rows->changed();
}

Status PostgresStore::change_one(const std::string& tenant, const char* what, const char* sql, const Params& params) {
  const auto changed = count_of(tenant, sql, params);
  if (!changed) return changed.error();
  if (*changed != 1) return Error{ErrorKind::not_found, std::string("store: no such ") + what};
  return Done{};
}

Status PostgresStore::begin_as(const char* how, const std::vector<Connection::Question>& first) {
  end();
  connection_->within(kWholeHub);
  const auto before = connection_->times_connected();
  auto begun = connection_->begin(how, first);
  if (connection_->times_connected() != before) days_.clear();  // another server may not have them
  if (!begun) return begun.error();
  // What another connection saw says nothing of this one's, for the server may be another.
  others_ = (*begun)[1][0].number(0) + (connection_->times_connected() << 40U);
  return Done{};
}

Status PostgresStore::begin() {
  auto status = begin_as("BEGIN ISOLATION LEVEL READ COMMITTED", {{kLockAlone, Params()}, {kCountAlone, Params()}});
  if (status) ++alone_;
  return status;
}

Status PostgresStore::begin_reports(std::span<const Awaited> reports, Durable durable) {
  Words devices;
  for (const auto& one : reports) devices.push_back(one.device);
  std::vector<Connection::Question> first = {{kLockBeside, Params()}, {kAloneSoFar, Params()}, {kLockDevices, Params(devices)}};
  if (durable == Durable::later) first.push_back({"SELECT set_config('synchronous_commit', 'off', TRUE)", Params()});
  auto status = begin_as("BEGIN ISOLATION LEVEL READ COMMITTED", first);
  gathers_ = status.has_value();
  return status;
}

Status PostgresStore::begin_reading() {
  return begin_as("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {{"SELECT 1::bigint", Params()}, {kAloneSoFar, Params()}});
}

Status PostgresStore::written() {
  if (auto status = move_counters(); !status) return status;
  return connection_->settle();
}

Status PostgresStore::commit() {
  auto status = move_counters();
  if (status) status = connection_->commit();
  if (!status) {
    rollback();
    return status;
  }
  ++commits_;
  end();
  return Done{};
}

void PostgresStore::rollback() {
  connection_->rollback();
  days_.clear();  // their tables may have been made in it
  end();
}

void PostgresStore::end() {
  gathers_ = false;
  known_.clear();
  generations_.clear();
  counted_.clear();
}

Result<StoreVersion> PostgresStore::version() { return StoreVersion{commits_, others_ - alone_}; }

Result<bool> PostgresStore::leads(const std::string& duty) {
  // Held by the connection: it ends with it, wherever it broke.
  if (led_since_ == connection_->times_connected()) {
    auto alive = ask(kWholeHub, "SELECT 1::bigint", Params());
    if (!alive) return alive.error();
    if (led_since_ == connection_->times_connected()) return true;
  }
  auto locked = ask(kWholeHub, "SELECT pg_try_advisory_lock(hashtextextended('gokajo.' || $1, 0))::int::bigint", Params(duty));
  if (!locked) return locked.error();
  const bool leads = (*locked)[0].number(0) != 0;
  led_since_ = leads ? connection_->times_connected() : -1;
  return leads;
}

Result<std::vector<Company>> PostgresStore::companies() {
  auto rows = ask(kWholeHub, "SELECT " GOKAJO_COMPANY_COLUMNS " FROM companies ORDER BY tenant", Params());
  if (!rows) return rows.error();
  return rows->all(company_of);
}

Result<Company> PostgresStore::company(const std::string& tenant) {
  auto rows = ask(tenant, "SELECT " GOKAJO_COMPANY_COLUMNS " FROM companies WHERE tenant = $1", Params(tenant));
  if (!rows) return rows.error();
  return rows->first("company", company_of);
}

Status PostgresStore::put_company(const Company& company) {
  generations_.erase(company.id);
  const auto old = this->company(company.id);
  if (auto told = tell(company.id, kPutCompany, params_of(company)); !told) return told;
  return old && other_calendar(*old, company) ? end_marks(company.id, kSinceEver) : Status(Done{});
}

Result<std::int64_t> PostgresStore::generation(const std::string& tenant) {
  if (const auto found = generations_.find(tenant); found != generations_.end()) return found->second;
  auto rows = ask(tenant, "SELECT generation FROM companies WHERE tenant = $1", Params(tenant));
  if (!rows) return rows.error();
  return rows->first("company", [](const Row& row) { return row.number(0); });
}

Status PostgresStore::move_generation(const std::string& tenant) {
  generations_.erase(tenant);
  return tell(tenant, "UPDATE companies SET generation = generation + 1 WHERE tenant = $1", Params(tenant));
}

Result<std::int64_t> PostgresStore::add_code(const Code& code) {
  auto rows =
      ask(code.tenant,
          "INSERT INTO codes (tenant, number, hash, kind, uses_left, created, valid_until) SELECT $1::text, coalesce(max(number), 0) + 1, "
          "$2, $3, $4::bigint, $5::bigint, $6::bigint FROM codes WHERE tenant = $1::text RETURNING number",
          Params(code.tenant, code.hash, word_of(code.kind), code.uses_left, code.created, code.valid_until));
  if (!rows) return rows.error();
  return rows->first("company", [](const Row& row) { return row.number(0); });
}

Result<std::vector<Code>> PostgresStore::codes(const std::string& tenant) {
  auto rows = ask(tenant, "SELECT " GOKAJO_CODE_COLUMNS " FROM codes WHERE tenant = $1 ORDER BY number", Params(tenant));
  if (!rows) return rows.error();
  return rows->all(code_of);
}

Result<Code> PostgresStore::code_by_hash(const std::string& hash) {
  auto rows = ask(kWholeHub, "SELECT " GOKAJO_CODE_COLUMNS " FROM codes WHERE hash = $1", Params(hash));
  if (!rows) return rows.error();
  return rows->first("code", code_of);
}

Status PostgresStore::use_code(const Code& code) {
  return change_one(code.tenant, "code", "UPDATE codes SET uses_left = uses_left - 1 WHERE tenant = $1 AND number = $2 AND uses_left > 0",
                    Params(code.tenant, code.number));
}

Status PostgresStore::revoke_code(const std::string& tenant, std::int64_t number, Time now) {
  return change_one(tenant, "code", "UPDATE codes SET revoked = coalesce(revoked, $3) WHERE tenant = $1 AND number = $2",
                    Params(tenant, number, now));
}

Result<std::vector<KeptDeclaration>> PostgresStore::declarations(const std::string& tenant) {
  auto rows = ask(tenant,
                  "SELECT device, question, about, answer, who, answered_at, valid_until, withdrawn FROM declarations WHERE tenant = $1 "
                  "ORDER BY device, question, about",
                  Params(tenant));
  if (!rows) return rows.error();
  return rows->all(declaration_of);
}

Status PostgresStore::put_declaration(const std::string& tenant, const KeptDeclaration& kept) {
  const auto& one = kept.declaration;
  auto put =
      tell(tenant,
           "INSERT INTO declarations (tenant, device, question, about, answer, who, answered_at, valid_until, withdrawn) VALUES ($1, "
           "$2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, device, question, about) DO UPDATE SET answer = excluded.answer, "
           "who = excluded.who, answered_at = excluded.answered_at, valid_until = excluded.valid_until, withdrawn = "
           "excluded.withdrawn",
           Params(tenant, kept.device, one.question, one.about, one.answer, one.who, one.answered_at, one.valid_until, kept.withdrawn));
  return put ? move_generation(tenant) : put;
}

}  // namespace gokajo::hub
