// Everything of one PC or one person, to be handed out or erased.
#include <thread>

#include "hub/mail_marks.h"
#include "hub/postgres/store_body.h"
#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Json;

namespace {

// What is kept of a device, in the order in which it can go: what refers to a row before the row. Named and made of the columns as in
// hub/sqlite_erasure.cpp, where a report and its body are one row.
struct Part {
  const char* name;
  const char* select;  ///< null: with another
  const char* erase;
};
#define GOKAJO_OF " WHERE tenant = $1 AND device = $2"
constexpr Part kOfDevice[] = {
    {"contents", "SELECT * FROM contents" GOKAJO_OF " ORDER BY which", "DELETE FROM contents" GOKAJO_OF},
    {"reports",
     "SELECT r.tenant, r.device, r.epoch, r.seq, body_sha256, body, stored_at, scanned_at, discarded FROM reports r LEFT JOIN "
     "report_bodies "
     "b ON b.tenant = r.tenant AND b.device = r.device AND b.epoch = r.epoch AND b.seq = r.seq AND b.day = r.day WHERE r.tenant = $1 AND "
     "r.device = $2 ORDER BY r.epoch, r.seq",
     "DELETE FROM reports" GOKAJO_OF},
    {"report_bodies", nullptr, "DELETE FROM report_bodies" GOKAJO_OF},
    {"memories", "SELECT * FROM memories" GOKAJO_OF, "DELETE FROM memories" GOKAJO_OF},
    {"findings", "SELECT * FROM findings" GOKAJO_OF " ORDER BY place", "DELETE FROM findings" GOKAJO_OF},
    {"finding_forms", "SELECT * FROM finding_forms" GOKAJO_OF, "DELETE FROM finding_forms" GOKAJO_OF},
    {"rules", "SELECT * FROM rules" GOKAJO_OF " ORDER BY rule", "DELETE FROM rules" GOKAJO_OF},
    {"plans", "SELECT * FROM plans" GOKAJO_OF " ORDER BY check_id", "DELETE FROM plans" GOKAJO_OF},
    {"declarations", "SELECT * FROM declarations" GOKAJO_OF " ORDER BY question, about", "DELETE FROM declarations" GOKAJO_OF},
    {"changes", "SELECT " GOKAJO_CHANGE_COLUMNS " FROM changes" GOKAJO_OF " ORDER BY at, id", "DELETE FROM changes" GOKAJO_OF},
    {"devices", "SELECT * FROM devices" GOKAJO_OF, "DELETE FROM devices" GOKAJO_OF}};
#undef GOKAJO_OF

Json value_of(const Rows& rows, const Row& row, int column) {
  if (row.null(column)) return nullptr;
  if (rows.holds_numbers(column)) return row.number(column);
  if (!rows.holds_blobs(column)) return row.text(column);
  auto bytes = row.blob(column);
  if (platform::is_valid_utf8(bytes)) return bytes;
  return Json{{"base64", platform::base64_encode(bytes)}};
}

Json all_of(Rows& rows) {
  Json all = Json::array();
  for (int i = 0; i < rows.size(); ++i) {
    Json row = Json::object();
    for (int column = 0; column < rows.columns(); ++column) row[rows.column(column)] = value_of(rows, rows[i], column);
    all.push_back(std::move(row));
  }
  return all;
}

// Neither the password's hash nor the secret of the second step leaves the hub, to anybody.
#define GOKAJO_THEIRS " AND tenant IN (SELECT tenant FROM memberships WHERE memberships.person = persons.person)"
constexpr std::pair<const char*, const char*> kOfPerson[] = {
    {"persons", "SELECT person, mail, name, language, runs_hub, created FROM persons WHERE person = $1"},
    {"memberships", "SELECT tenant, role, since FROM memberships WHERE person = $1 ORDER BY tenant"},
    {"sign_ins", "SELECT created, last_used, valid_until, browser FROM sign_ins WHERE person = $1 ORDER BY hash"},
    {"person_keys", "SELECT purpose, valid_until FROM person_keys WHERE person = $1 ORDER BY hash"},
    {"mails",
     "SELECT tenant, message_id, recipient, kind, body, state, tries, created, sent FROM mails WHERE recipient = (SELECT mail FROM persons "
     "WHERE person = $1) ORDER BY id"},
    {"deeds",
     "SELECT " GOKAJO_DEED_COLUMNS
     " FROM deeds, persons WHERE person = $1 AND (mail IN (subject, before, after) OR (name IN (who, subject, before, after)" GOKAJO_THEIRS
     ")) ORDER BY at, id"},
    {"declarations",
     "SELECT tenant, device, question, about, answer, answered_at, valid_until, withdrawn FROM declarations, persons WHERE person = $1 AND "
     "who = name" GOKAJO_THEIRS " ORDER BY tenant, device, question, about"},
    {"plans", "SELECT tenant, device, check_id, state, until, noted FROM plans, persons WHERE person = $1 AND who = name" GOKAJO_THEIRS
              " ORDER BY tenant, device, check_id"},
    {"comments", "SELECT tenant, text, at FROM comments, persons WHERE person = $1 AND who = name" GOKAJO_THEIRS " ORDER BY tenant"},
    {"evidence_packs", "SELECT tenant, number, kind, made FROM evidence_packs, persons WHERE person = $1 AND who = name" GOKAJO_THEIRS
                       " ORDER BY tenant, number"},
    {"company_briefings",
     "SELECT tenant, briefing, state, decided FROM company_briefings, persons WHERE person = $1 AND who = name" GOKAJO_THEIRS
     " ORDER BY tenant, briefing"}};
#undef GOKAJO_THEIRS

}  // namespace

Result<Json> PostgresStore::everything_of_device(const std::string& tenant, const std::string& device) {
  Json all = Json::object();
  for (const auto& part : kOfDevice) {
    if (!part.select) continue;
    auto rows = ask(tenant, part.select, Params(tenant, device));
    if (!rows) return rows.error();
    all[part.name] = all_of(*rows);
    if (rows->damage()) return *rows->damage();
  }
  if (all["devices"].empty()) return Error{ErrorKind::not_found, "store: no such device"};
  return all;
}

Status PostgresStore::reduce_deeds(const std::string& tenant, const std::vector<std::string>& names, const std::string& reduced) {
  for (const auto& name : names) {
    if (name.empty()) continue;
    auto told = tell(tenant,
                     "UPDATE deeds SET who = CASE WHEN who = $2::text AND $1::text = '' THEN $3::text ELSE who END, subject = CASE WHEN "
                     "subject = $2::text THEN $3::text ELSE subject END, before = CASE WHEN before = $2::text THEN $3::text ELSE before "
                     "END, after = CASE WHEN after = $2::text THEN $3::text ELSE after END WHERE ($1::text = '' OR tenant = $1::text) AND "
                     "$2::text IN (who, subject, before, after)",
                     Params(tenant, name, reduced));
    if (!told) return told;
  }
  return Done{};
}

Status PostgresStore::erase_device(const std::string& tenant, const std::string& device, const std::vector<std::string>& names,
                                   const std::string& reduced) {
  const auto stands = standing(tenant, device);
  if (!stands) return stands.error();
  if (stands->word.empty()) return Error{ErrorKind::not_found, "store: no such device"};
  if (auto counted = count(tenant, device, *stands, -1); !counted) return counted;
  known_.erase(device);
  for (const auto& part : kOfDevice)
    if (auto told = tell(tenant, part.erase, Params(tenant, device)); !told) return told;
  const auto mark = mail_mark_of(device);
  auto mails =
      ask(tenant, "SELECT id, kind FROM mails WHERE tenant = $1 AND strpos(kind, $2::text COLLATE \"C\") > 0", Params(tenant, mark));
  if (!mails) return mails.error();
  for (int i = 0; i < mails->size(); ++i) {
    const auto mail = (*mails)[i];
    auto told = tell(tenant, "UPDATE mails SET kind = $3 WHERE tenant = $1 AND id = $2",
                     Params(tenant, mail.number(0), without_words_of(mail.text(1), mark)));
    if (!told) return told;
  }
  auto told =
      tell(tenant,
           "UPDATE mails SET body = '', state = CASE state WHEN 'waiting' THEN 'given_up' ELSE state END WHERE tenant = $1 AND kind "
           "<> 'link'",
           Params(tenant));
  // Files of packs hold the reports of every PC.
  if (told) told = tell(tenant, "UPDATE evidence_packs SET kept_until = 0 WHERE tenant = $1", Params(tenant));
  // Whoever goes on from it begins anew.
  if (told) told = tell(tenant, "UPDATE rejudgings SET last = '', judged = 0 WHERE tenant = $1 AND last = $2", Params(tenant, device));
  if (told) told = move_generation(tenant);
  return told ? reduce_deeds(tenant, names, reduced) : told;
}

Result<Json> PostgresStore::everything_of_person(const std::string& id) {
  Json all = Json::object();
  for (const auto& [name, select] : kOfPerson) {
    auto rows = ask(kWholeHub, select, Params(id));
    if (!rows) return rows.error();
    all[name] = all_of(*rows);
    if (rows->damage()) return *rows->damage();
  }
  if (all["persons"].empty()) return Error{ErrorKind::not_found, "store: no such person"};
  return all;
}

Status PostgresStore::erase_person(const std::string& id, const std::vector<std::string>& names, const std::string& reduced) {
  // A name that another bears is that one's too; an address is nobody else's.
  std::vector<std::string> own;
  for (const auto& name : names) {
    const auto others = ask(kWholeHub, "SELECT 1::bigint FROM persons WHERE name = $1 AND person <> $2 LIMIT 1", Params(name, id));
    if (!others) return others.error();
    if (!name.empty() && others->size() == 0) own.push_back(name);
  }
  if (auto told = tell(kWholeHub, "DELETE FROM mails WHERE recipient = (SELECT mail FROM persons WHERE person = $1)", Params(id)); !told)
    return told;
  if (auto gone = change_one(kWholeHub, "person", "DELETE FROM persons WHERE person = $1", Params(id)); !gone) return gone;
  generations_.clear();
  for (const auto& name : own) {
    // PCs hold copies of what concerns them.
    auto told =
        tell(kWholeHub, "UPDATE companies SET generation = generation + 1 WHERE tenant IN (SELECT tenant FROM declarations WHERE who = $1)",
             Params(name));
    if (!told) return told;
    for (const char* sql : {"UPDATE declarations SET who = $2 WHERE who = $1", "UPDATE plans SET who = $2 WHERE who = $1",
                            "UPDATE comments SET who = $2 WHERE who = $1", "UPDATE evidence_packs SET who = $2 WHERE who = $1",
                            "UPDATE company_briefings SET who = $2 WHERE who = $1"})
      if (told = tell(kWholeHub, sql, Params(name, reduced)); !told) return told;
  }
  // Names of people stand in the records of whatever company, and so in any file of a pack.
  if (auto told = tell(kWholeHub, "UPDATE evidence_packs SET kept_until = 0", Params()); !told) return told;
  return reduce_deeds("", own, reduced);
}

// Waits until nobody looks at what was there before: what a snapshot still sees would be copied along.
Status PostgresStore::wait_for_older_snapshots() {
  auto mark = ask(kWholeHub, "SELECT pg_current_xact_id()::text", Params());
  if (!mark) return mark.error();
  const auto mine = (*mark)[0].text(0);
  for (const auto until = std::chrono::steady_clock::now() + kLockTimeout;;) {
    auto older = ask(kWholeHub,
                     "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND "
                     "age(backend_xmin) >= age($1::text::xid8::xid)",
                     Params(mine));
    if (!older) return older.error();
    if ((*older)[0].number(0) == 0) return Done{};
    if (std::chrono::steady_clock::now() >= until)
      return Error{ErrorKind::timed_out, "database: others read it, so that what was erased could not be overwritten yet"};
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
}

Status PostgresStore::overwrite_erased() {
  if (auto alone = wait_for_older_snapshots(); !alone) return alone;
  auto tables = ask(kWholeHub,
                    "SELECT relname::text FROM pg_class WHERE relnamespace = 'gokajo'::regnamespace AND relkind = 'r' AND relname <> "
                    "'schema_step' ORDER BY relname",
                    Params());
  if (!tables) return tables.error();
  auto names = tables->all([](const Row& row) { return row.text(0); });
  if (!names) return names.error();
  for (const auto& name : *names) {
    // Each for itself: nobody waits for more than one.
    connection_->within(kWholeHub);
    auto written = connection_->begin(
        "BEGIN", {{"SELECT set_config('statement_timeout', '0', true)", Params()}, {"SELECT write_anew($1)", Params(name)}});
    if (!written) return written.error();
    if (auto committed = connection_->commit(); !committed) return committed.error();
  }
  return Done{};
}

}  // namespace gokajo::hub
