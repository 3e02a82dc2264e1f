// People, their sign-ins and deeds.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {
namespace {

#define GOKAJO_PERSON "SELECT person, mail, name, language, password, totp, totp_step, runs_hub, created FROM persons WHERE "
#define GOKAJO_SIGN_IN "SELECT hash, person, created, last_used, valid_until, browser FROM sign_ins WHERE "

Person person_of(const Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.blob(5), row.number(6), row.number(7) != 0, row.time(8)};
}

Membership membership_of(const Row& row) { return {row.text(0), row.text(1), row.named<Role>(2), row.time(3)}; }

SignIn sign_in_of(const Row& row) { return {row.text(0), row.text(1), row.time(2), row.time(3), row.time(4), row.text(5)}; }

}  // namespace

Result<bool> PostgresStore::has_people() {
  auto rows = ask(kWholeHub, "SELECT 1::bigint FROM persons LIMIT 1", Params());
  if (!rows) return rows.error();
  return rows->size() > 0;
}

Result<Person> PostgresStore::person(const std::string& id) {
  auto rows = ask(kWholeHub, GOKAJO_PERSON "person = $1", Params(id));
  if (!rows) return rows.error();
  return rows->first("person", person_of);
}

Result<Person> PostgresStore::person_by_mail(const std::string& mail) {
  auto rows = ask(kWholeHub, GOKAJO_PERSON "mail = $1", Params(mail));
  if (!rows) return rows.error();
  return rows->first("person", person_of);
}

Status PostgresStore::put_person(const Person& person) {
  return tell(
      kWholeHub,
      "INSERT INTO persons (person, mail, name, language, password, totp, totp_step, runs_hub, created) VALUES ($1, $2, $3, $4, $5, "
      "$6, $7, $8, $9) ON CONFLICT (person) DO UPDATE SET mail = excluded.mail, name = excluded.name, language = "
      "excluded.language, password = excluded.password, totp = excluded.totp, totp_step = excluded.totp_step, runs_hub = "
      "excluded.runs_hub",
      Params(person.id, person.mail, person.name, person.language, person.password, Blob{person.totp}, person.totp_step,
             person.runs_hub ? 1 : 0, person.created));
}

Status PostgresStore::remove_person(const std::string& id) { return tell(kWholeHub, "DELETE FROM persons WHERE person = $1", Params(id)); }

Result<std::vector<Membership>> PostgresStore::memberships_of(const std::string& person) {
  auto rows = ask(kWholeHub, "SELECT tenant, person, role, since FROM memberships WHERE person = $1 ORDER BY tenant", Params(person));
  if (!rows) return rows.error();
  return rows->all(membership_of);
}

Result<std::vector<Membership>> PostgresStore::members(const std::string& tenant) {
  auto rows = ask(tenant, "SELECT tenant, person, role, since FROM memberships WHERE tenant = $1 ORDER BY since, person", Params(tenant));
  if (!rows) return rows.error();
  return rows->all(membership_of);
}

Status PostgresStore::put_membership(const Membership& membership) {
  return tell(
      membership.tenant,
      "INSERT INTO memberships (tenant, person, role, since) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, person) DO UPDATE SET role "
      "= excluded.role",
      Params(membership.tenant, membership.person, word_of(membership.role), membership.since));
}

Status PostgresStore::remove_membership(const std::string& tenant, const std::string& person) {
  return tell(tenant, "DELETE FROM memberships WHERE tenant = $1 AND person = $2", Params(tenant, person));
}

Result<SignIn> PostgresStore::sign_in(const std::string& hash) {
  auto rows = ask(kWholeHub, GOKAJO_SIGN_IN "hash = $1", Params(hash));
  if (!rows) return rows.error();
  return rows->first("sign-in", sign_in_of);
}

Result<std::vector<SignIn>> PostgresStore::sign_ins(const std::string& person) {
  auto rows = ask(kWholeHub, GOKAJO_SIGN_IN "person = $1 ORDER BY last_used DESC, hash", Params(person));
  if (!rows) return rows.error();
  return rows->all(sign_in_of);
}

Status PostgresStore::put_sign_in(const SignIn& sign_in) {
  return tell(kWholeHub,
              "INSERT INTO sign_ins (hash, person, created, last_used, valid_until, browser) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT "
              "(hash) DO UPDATE SET last_used = excluded.last_used, valid_until = excluded.valid_until",
              Params(sign_in.hash, sign_in.person, sign_in.created, sign_in.last_used, sign_in.valid_until, sign_in.browser));
}

Status PostgresStore::remove_sign_in(const std::string& hash) {
  return tell(kWholeHub, "DELETE FROM sign_ins WHERE hash = $1", Params(hash));
}

Status PostgresStore::remove_sign_ins(const std::string& person, const std::string& but) {
  return tell(kWholeHub, "DELETE FROM sign_ins WHERE person = $1 AND hash <> $2", Params(person, but));
}

Status PostgresStore::add_key(const PersonKey& key) {
  return tell(kWholeHub, "INSERT INTO person_keys (hash, purpose, person, valid_until) VALUES ($1, $2, NULLIF($3, ''), $4)",
              Params(key.hash, word_of(key.purpose), key.person, key.valid_until));
}

Result<PersonKey> PostgresStore::key(const std::string& hash, Time now) {
  auto rows =
      ask(kWholeHub, "SELECT hash, purpose, coalesce(person, ''), valid_until FROM person_keys WHERE hash = $1 AND valid_until > $2",
          Params(hash, now));
  if (!rows) return rows.error();
  return rows->first("key", [](const Row& row) { return PersonKey{row.text(0), row.named<KeyPurpose>(1), row.text(2), row.time(3)}; });
}

Status PostgresStore::remove_key(const std::string& hash) {
  return tell(kWholeHub, "DELETE FROM person_keys WHERE hash = $1", Params(hash));
}

Status PostgresStore::remove_keys(const std::string& person) {
  return tell(kWholeHub, "DELETE FROM person_keys WHERE coalesce(person, '') = $1", Params(person));
}

Status PostgresStore::add_deed(const Deed& deed) {
  return tell(deed.tenant, "INSERT INTO deeds (tenant, at, who, what, subject, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7)",
              Params(deed.tenant, deed.at, deed.who, deed.what, deed.subject, deed.before, deed.after));
}

}  // namespace gokajo::hub
