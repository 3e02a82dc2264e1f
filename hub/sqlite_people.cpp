#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

Error none(const std::string& what) { return {ErrorKind::not_found, "store: no such " + what}; }

Person read_person(Use& row) {
  Person person;
  person.id = row.getColumn(0).getString();
  person.mail = row.getColumn(1).getString();
  person.name = row.getColumn(2).getString();
  person.language = row.getColumn(3).getString();
  person.password = row.getColumn(4).getString();
  person.totp = row.getColumn(5).getString();
  person.totp_step = row.getColumn(6).getInt64();
  person.runs_hub = row.getColumn(7).getInt() != 0;
  person.created = time_of(row.getColumn(8));
  return person;
}

std::vector<Membership> read_memberships(Use rows) {
  std::vector<Membership> found;
  while (rows.executeStep())
    found.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(), named<Role>(rows.getColumn(2).getString()),
                     time_of(rows.getColumn(3))});
  return found;
}

SignIn read_sign_in(Use& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getString(), time_of(row.getColumn(2)),
          time_of(row.getColumn(3)),    time_of(row.getColumn(4)),    row.getColumn(5).getString()};
}

}  // namespace

Result<bool> SqliteStore::has_people() {
  return answered([&]() -> Result<bool> { return prepared("SELECT 1 FROM persons LIMIT 1").executeStep(); });
}

Result<Person> SqliteStore::person(const std::string& id) {
  return answered([&]() -> Result<Person> {
    auto query =
        prepared("SELECT person, mail, name, language, password, totp, totp_step, runs_hub, created FROM persons WHERE person = ?");
    query.bind(1, id);
    if (!query.executeStep()) return none("person");
    return read_person(query);
  });
}

Result<Person> SqliteStore::person_by_mail(const std::string& mail) {
  return answered([&]() -> Result<Person> {
    auto query = prepared("SELECT person, mail, name, language, password, totp, totp_step, runs_hub, created FROM persons WHERE mail = ?");
    query.bind(1, mail);
    if (!query.executeStep()) return none("person");
    return read_person(query);
  });
}

Status SqliteStore::put_person(const Person& person) {
  return answered([&]() -> Status {
    auto statement = prepared(
        "INSERT INTO persons (person, mail, name, language, password, totp, totp_step, runs_hub, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
        "?) "
        "ON CONFLICT (person) DO UPDATE SET mail = excluded.mail, name = excluded.name, language = excluded.language, password = "
        "excluded.password, totp = excluded.totp, totp_step = excluded.totp_step, runs_hub = excluded.runs_hub");
    statement.bind(1, person.id);
    statement.bind(2, person.mail);
    statement.bind(3, person.name);
    statement.bind(4, person.language);
    statement.bind(5, person.password);
    statement.bind(6, person.totp.data(), static_cast<int>(person.totp.size()));
    statement.bind(7, person.totp_step);
    statement.bind(8, person.runs_hub ? 1 : 0);
    statement.bind(9, seconds(person.created));
    statement.exec();
    return Done{};
  });
}

Status SqliteStore::remove_person(const std::string& id) { return wrote("DELETE FROM persons WHERE person = ?", id); }

Result<std::vector<Membership>> SqliteStore::memberships_of(const std::string& person) {
  return answered([&]() -> Result<std::vector<Membership>> {
    auto query = prepared("SELECT tenant, person, role, since FROM memberships WHERE person = ? ORDER BY tenant");
    query.bind(1, person);
    return read_memberships(std::move(query));
  });
}

Result<std::vector<Membership>> SqliteStore::members(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<Membership>> {
    auto query = prepared("SELECT tenant, person, role, since FROM memberships WHERE tenant = ? ORDER BY since, person");
    query.bind(1, tenant);
    return read_memberships(std::move(query));
  });
}

Status SqliteStore::put_membership(const Membership& membership) {
  return wrote(
      "INSERT INTO memberships (tenant, person, role, since) VALUES (?, ?, ?, ?) ON CONFLICT (tenant, person) DO UPDATE SET role = "
      "excluded.role",
      membership.tenant, membership.person, name_of(membership.role), seconds(membership.since));
}

Status SqliteStore::remove_membership(const std::string& tenant, const std::string& person) {
  return wrote("DELETE FROM memberships WHERE tenant = ? AND person = ?", tenant, person);
}

Result<SignIn> SqliteStore::sign_in(const std::string& hash) {
  return answered([&]() -> Result<SignIn> {
    auto query = prepared("SELECT hash, person, created, last_used, valid_until, browser FROM sign_ins WHERE hash = ?");
    query.bind(1, hash);
    if (!query.executeStep()) return none("sign-in");
    return read_sign_in(query);
  });
}

Result<std::vector<SignIn>> SqliteStore::sign_ins(const std::string& person) {
  return answered([&]() -> Result<std::vector<SignIn>> {
    auto query = prepared(
        "SELECT hash, person, created, last_used, valid_until, browser FROM sign_ins WHERE person = ? ORDER BY last_used DESC, hash");
    query.bind(1, person);
    std::vector<SignIn> found;
    while (query.executeStep()) found.push_back(read_sign_in(query));
    return found;
  });
}

Status SqliteStore::put_sign_in(const SignIn& sign_in) {
  return wrote(
      "INSERT INTO sign_ins (hash, person, created, last_used, valid_until, browser) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO "
      "UPDATE SET last_used = excluded.last_used, valid_until = excluded.valid_until",
      sign_in.hash, sign_in.person, seconds(sign_in.created), seconds(sign_in.last_used), seconds(sign_in.valid_until), sign_in.browser);
}

Status SqliteStore::remove_sign_in(const std::string& hash) { return wrote("DELETE FROM sign_ins WHERE hash = ?", hash); }

Status SqliteStore::remove_sign_ins(const std::string& person, const std::string& but) {
  return wrote("DELETE FROM sign_ins WHERE person = ? AND hash <> ?", person, but);
}

Status SqliteStore::add_key(const PersonKey& key) {
  return wrote("INSERT INTO person_keys (hash, purpose, person, valid_until) VALUES (?, ?, NULLIF(?, ''), ?)", key.hash,
               name_of(key.purpose), key.person, seconds(key.valid_until));
}

Result<PersonKey> SqliteStore::key(const std::string& hash, Time now) {
  return answered([&]() -> Result<PersonKey> {
    auto query = prepared("SELECT hash, purpose, IFNULL(person, ''), valid_until FROM person_keys WHERE hash = ? AND valid_until > ?");
    query.bind(1, hash);
    query.bind(2, seconds(now));
    if (!query.executeStep()) return none("key");
    return PersonKey{query.getColumn(0).getString(), named<KeyPurpose>(query.getColumn(1).getString()), query.getColumn(2).getString(),
                     time_of(query.getColumn(3))};
  });
}

Status SqliteStore::remove_key(const std::string& hash) { return wrote("DELETE FROM person_keys WHERE hash = ?", hash); }

Status SqliteStore::remove_keys(const std::string& person) { return wrote("DELETE FROM person_keys WHERE IFNULL(person, '') = ?", person); }

Status SqliteStore::add_deed(const Deed& deed) {
  return wrote("INSERT INTO deeds (tenant, at, who, what, subject, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)", deed.tenant,
               seconds(deed.at), deed.who, deed.what, deed.subject, deed.before, deed.after);
}

Result<std::int64_t> SqliteStore::forget_people(Time now, Time deeds, std::int64_t limit) {
  return answered([&]() -> Result<std::int64_t> {
    std::int64_t gone = 0;
    const auto forget = [&](const char* sql, Time before) {
      auto statement = prepared(sql);
      statement.bind(1, seconds(before));
      statement.bind(2, limit);
      gone += statement.exec();
    };
    forget("DELETE FROM sign_ins WHERE hash IN (SELECT hash FROM sign_ins WHERE valid_until <= ? LIMIT ?)", now);
    forget("DELETE FROM person_keys WHERE hash IN (SELECT hash FROM person_keys WHERE valid_until <= ? LIMIT ?)", now);
    forget("DELETE FROM deeds WHERE rowid IN (SELECT rowid FROM deeds WHERE at < ? LIMIT ?)", deeds);
    return gone;
  });
}

}  // namespace gokajo::hub
