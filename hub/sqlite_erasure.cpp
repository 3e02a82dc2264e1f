#include <algorithm>

#include "hub/mail_marks.h"
#include "hub/sqlite_store_body.h"
#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Json;

namespace {

// What is kept of a device, in the order in which it can go: what refers to a row before the row.
struct Part {
  const char* name;
  const char* select;
  const char* erase;
};
constexpr Part kOfDevice[] = {
    {"contents", "SELECT * FROM contents WHERE tenant = ? AND device = ?", "DELETE FROM contents WHERE tenant = ? AND device = ?"},
    {"reports", "SELECT * FROM reports WHERE tenant = ? AND device = ? ORDER BY epoch, seq",
     "DELETE FROM reports WHERE tenant = ? AND device = ?"},
    {"memories", "SELECT * FROM memories WHERE tenant = ? AND device = ?", "DELETE FROM memories WHERE tenant = ? AND device = ?"},
    {"findings", "SELECT * FROM findings WHERE tenant = ? AND device = ? ORDER BY place",
     "DELETE FROM findings WHERE tenant = ? AND device = ?"},
    {"finding_forms", "SELECT * FROM finding_forms WHERE tenant = ? AND device = ?",
     "DELETE FROM finding_forms WHERE tenant = ? AND device = ?"},
    {"rules", "SELECT * FROM rules WHERE tenant = ? AND device = ?", "DELETE FROM rules WHERE tenant = ? AND device = ?"},
    {"declarations", "SELECT * FROM declarations WHERE tenant = ? AND device = ?",
     "DELETE FROM declarations WHERE tenant = ? AND device = ?"},
    {"plans", "SELECT * FROM plans WHERE tenant = ? AND device = ? ORDER BY check_id", "DELETE FROM plans WHERE tenant = ? AND device = ?"},
    {"changes", "SELECT * FROM changes WHERE tenant = ? AND device = ? ORDER BY at, rowid",
     "DELETE FROM changes WHERE tenant = ? AND device = ?"},
    {"devices", "SELECT * FROM devices WHERE tenant = ? AND device = ?", "DELETE FROM devices WHERE tenant = ? AND device = ?"}};

Json value_of(const SQLite::Column& column) {
  if (column.isNull()) return nullptr;
  if (column.isInteger()) return column.getInt64();
  auto bytes = column.getString();
  if (column.isText() || platform::is_valid_utf8(bytes)) return bytes;
  return Json{{"base64", platform::base64_encode(bytes)}};
}

Json rows_of(Use query) {
  Json rows = Json::array();
  while (query.executeStep()) {
    Json row = Json::object();
    for (int i = 0; i < query.raw().getColumnCount(); ++i) row[query.raw().getColumnName(i)] = value_of(query.getColumn(i));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<Json> SqliteStore::everything_of_device(const std::string& tenant, const std::string& device) {
  return answered([&]() -> Result<Json> {
    Json all = Json::object();
    for (const auto& part : kOfDevice) {
      auto query = prepared(part.select);
      query.bind(1, tenant);
      query.bind(2, device);
      all[part.name] = rows_of(std::move(query));
    }
    if (all["devices"].empty()) return Error{ErrorKind::not_found, "store: no such device"};
    return all;
  });
}

Status SqliteStore::reduce_deeds(const std::string& tenant, const std::vector<std::string>& names, const std::string& reduced) {
  for (const auto& name : names) {
    if (name.empty()) continue;
    auto statement = prepared(
        "UPDATE deeds SET who = CASE WHEN who = ?2 AND ?1 = '' THEN ?3 ELSE who END, subject = CASE WHEN subject = ?2 THEN ?3 ELSE subject "
        "END, before = CASE WHEN before = ?2 THEN ?3 ELSE before END, after = CASE WHEN after = ?2 THEN ?3 ELSE after END WHERE (?1 = '' "
        "OR "
        "tenant = ?1) AND ?2 IN (who, subject, before, after)");
    statement.bind(1, tenant);
    statement.bind(2, name);
    statement.bind(3, reduced);
    statement.exec();
  }
  return Done{};
}

Status SqliteStore::erase_device(const std::string& tenant, const std::string& device, const std::vector<std::string>& names,
                                 const std::string& reduced) {
  return answered([&]() -> Status {
    if (standing(tenant, device).word.empty()) return Error{ErrorKind::not_found, "store: no such device"};
    count(tenant, device, -1);
    for (const auto& part : kOfDevice) {
      auto statement = prepared(part.erase);
      statement.bind(1, tenant);
      statement.bind(2, device);
      statement.exec();
    }
    const auto mark = mail_mark_of(device);
    std::vector<std::pair<std::int64_t, std::string>> kinds;
    {
      auto query = prepared("SELECT id, kind FROM mails WHERE tenant = ? AND instr(kind, ?) > 0");
      query.bind(1, tenant);
      query.bind(2, mark);
      while (query.executeStep()) kinds.emplace_back(query.getColumn(0).getInt64(), without_words_of(query.getColumn(1).getString(), mark));
    }
    for (const auto& [id, kind] : kinds) {
      auto statement = prepared("UPDATE mails SET kind = ?2 WHERE id = ?1");
      statement.bind(1, id);
      statement.bind(2, kind);
      statement.exec();
    }
    auto texts = prepared(
        "UPDATE mails SET body = '', state = CASE state WHEN 'waiting' THEN 'given_up' ELSE state END WHERE tenant = ? AND kind <> 'link'");
    texts.bind(1, tenant);
    texts.exec();
    // Files of packs hold the reports of every PC.
    auto files = prepared("UPDATE evidence_packs SET kept_until = 0 WHERE tenant = ?");
    files.bind(1, tenant);
    files.exec();
    // Whoever goes on from it begins anew.
    auto reached = prepared("UPDATE rejudgings SET last = '', judged = 0 WHERE tenant = ? AND last = ?");
    reached.bind(1, tenant);
    reached.bind(2, device);
    reached.exec();
    move_generation(tenant);
    return reduce_deeds(tenant, names, reduced);
  });
}

Result<Json> SqliteStore::everything_of_person(const std::string& id) {
  return answered([&]() -> Result<Json> {
    const auto of = [&](const char* sql) {
      auto query = prepared(sql);
      query.bind(1, id);
      return rows_of(std::move(query));
    };
    // Neither the password's hash nor the secret of the second step leaves the hub, to anybody.
    Json all{
        {"persons", of("SELECT person, mail, name, language, runs_hub, created FROM persons WHERE person = ?")},
        {"memberships", of("SELECT tenant, role, since FROM memberships WHERE person = ?")},
        {"sign_ins", of("SELECT created, last_used, valid_until, browser FROM sign_ins WHERE person = ?")},
        {"person_keys", of("SELECT purpose, valid_until FROM person_keys WHERE person = ?")},
        {"mails", of("SELECT tenant, message_id, recipient, kind, body, state, tries, created, sent FROM mails WHERE recipient = "
                     "(SELECT mail FROM persons WHERE person = ?)")},
        {"deeds", of("SELECT tenant, at, who, what, subject, before, after FROM deeds, persons WHERE person = ? AND (mail IN (subject, "
                     "before, after) OR (tenant IN (SELECT tenant FROM memberships WHERE memberships.person = persons.person) AND name "
                     "IN (who, subject, before, after))) ORDER BY at, deeds.rowid")},
        {"declarations", of("SELECT tenant, device, question, about, answer, answered_at, valid_until, withdrawn FROM declarations, "
                            "persons WHERE person = ? AND who = name AND tenant IN (SELECT tenant FROM memberships WHERE "
                            "memberships.person = persons.person)")},
        {"plans", of("SELECT tenant, device, check_id, state, until, noted FROM plans, persons WHERE person = ? AND who = name AND tenant "
                     "IN (SELECT tenant FROM memberships WHERE memberships.person = persons.person)")},
        {"comments", of("SELECT tenant, text, at FROM comments, persons WHERE person = ? AND who = name AND tenant IN (SELECT tenant FROM "
                        "memberships WHERE memberships.person = persons.person)")},
        {"evidence_packs",
         of("SELECT tenant, number, kind, made FROM evidence_packs, persons WHERE person = ? AND who = name AND tenant IN "
            "(SELECT tenant FROM memberships WHERE memberships.person = persons.person) ORDER BY tenant, number")},
        {"company_briefings", of("SELECT tenant, briefing, state, decided FROM company_briefings, persons WHERE person = ? AND who = name "
                                 "AND tenant IN (SELECT tenant FROM memberships WHERE memberships.person = persons.person) ORDER BY "
                                 "tenant, briefing")}};
    if (all["persons"].empty()) return Error{ErrorKind::not_found, "store: no such person"};
    return all;
  });
}

Status SqliteStore::erase_person(const std::string& id, const std::vector<std::string>& names, const std::string& reduced) {
  return answered([&]() -> Status {
    const auto run_with = [&](const char* sql, const std::string& value) {
      auto statement = prepared(sql);
      statement.bind(1, value);
      return statement.exec();
    };
    // A name that another bears is that one's too; an address is nobody else's.
    std::vector<std::string> own;
    for (const auto& name : names) {
      auto query = prepared("SELECT 1 FROM persons WHERE name = ? AND person <> ?");
      query.bind(1, name);
      query.bind(2, id);
      if (!name.empty() && !query.executeStep()) own.push_back(name);
    }
    run_with("DELETE FROM mails WHERE recipient = (SELECT mail FROM persons WHERE person = ?)", id);
    if (run_with("DELETE FROM persons WHERE person = ?", id) != 1) return Error{ErrorKind::not_found, "store: no such person"};
    for (const auto& name : own) {
      // PCs hold copies of what concerns them.
      run_with("UPDATE companies SET generation = generation + 1 WHERE tenant IN (SELECT tenant FROM declarations WHERE who = ?)", name);
      for (const char* sql : {"UPDATE declarations SET who = ?2 WHERE who = ?1", "UPDATE plans SET who = ?2 WHERE who = ?1",
                              "UPDATE comments SET who = ?2 WHERE who = ?1", "UPDATE evidence_packs SET who = ?2 WHERE who = ?1",
                              "UPDATE company_briefings SET who = ?2 WHERE who = ?1"}) {
        auto statement = prepared(sql);
        statement.bind(1, name);
        statement.bind(2, reduced);
        statement.exec();
      }
    }
    // Names of people stand in the records of whatever company, and so in any file of a pack.
    prepared("UPDATE evidence_packs SET kept_until = 0").exec();
    return reduce_deeds("", own, reduced);
  });
}

Status SqliteStore::overwrite_erased() {
  return answered([&]() -> Status {
    // All that is left, written anew; then the log, which has old pages, is emptied. Whoever reads just now keeps it.
    database_->raw().exec("VACUUM");
    SQLite::Statement checkpoint(database_->raw(), "PRAGMA wal_checkpoint(TRUNCATE)");
    if (checkpoint.executeStep() && checkpoint.getColumn(0).getInt() != 0)
      return Error{ErrorKind::timed_out, "database: others read it, so that what was erased could not be overwritten yet"};
    return Done{};
  });
}

}  // namespace gokajo::hub
