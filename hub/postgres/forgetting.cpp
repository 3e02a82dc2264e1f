// What was kept long enough. Bodies of reports go with the table of their day (drop_days in hub/data/postgres.sql); the rest row by row.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

namespace {

constexpr std::int64_t kDaySeconds = 86400;

// What is left of a removed device that has no content any more.
#define GOKAJO_GONE                                                                                                                \
  " JOIN devices d USING (tenant, device) WHERE d.standing = 'removed' AND NOT EXISTS (SELECT 1 FROM contents c WHERE c.tenant = " \
  "d.tenant "                                                                                                                      \
  "AND c.device = d.device) LIMIT $1)"
constexpr const char* kGone[] = {
    "DELETE FROM memories WHERE (tenant, device) IN (SELECT tenant, device FROM memories" GOKAJO_GONE,
    "DELETE FROM finding_forms WHERE (tenant, device) IN (SELECT tenant, device FROM finding_forms" GOKAJO_GONE,
    "DELETE FROM findings WHERE (tenant, device) IN (SELECT tenant, device FROM findings" GOKAJO_GONE,
    "DELETE FROM rules WHERE (tenant, device) IN (SELECT tenant, device FROM rules" GOKAJO_GONE,
    "DELETE FROM plans WHERE (tenant, device) IN (SELECT tenant, device FROM plans" GOKAJO_GONE,
    "DELETE FROM declarations WHERE (tenant, device) IN (SELECT tenant, device FROM declarations" GOKAJO_GONE};
#undef GOKAJO_GONE

constexpr const char* kContents =
    "DELETE FROM contents WHERE (tenant, device, which) IN (SELECT tenant, device, which FROM contents JOIN devices d USING (tenant, "
    "device) "
    "WHERE d.standing = 'removed' AND received_at < $1 LIMIT $2)";
// What a device's state rests on stays. Kept bodies have no day that would take them.
constexpr const char* kReports =
    "WITH old AS (SELECT tenant, device, epoch, seq FROM reports r WHERE stored_at < $1 AND NOT EXISTS (SELECT 1 FROM contents c WHERE "
    "c.tenant = r.tenant AND c.device = r.device AND c.epoch = r.epoch AND c.seq = r.seq) ORDER BY stored_at LIMIT $2), gone AS (DELETE "
    "FROM "
    "reports r USING old WHERE r.tenant = old.tenant AND r.device = old.device AND r.epoch = old.epoch AND r.seq = old.seq RETURNING "
    "r.tenant, "
    "r.device, r.epoch, r.seq, r.day), bodies AS (DELETE FROM report_bodies b USING gone WHERE b.day = 0 AND gone.day = 0 AND b.tenant = "
    "gone.tenant AND b.device = gone.device AND b.epoch = gone.epoch AND b.seq = gone.seq) SELECT count(*) FROM gone";
constexpr const char* kChanges = "DELETE FROM changes WHERE id IN (SELECT id FROM changes WHERE at < $1 ORDER BY at LIMIT $2) AND at < $1";
// That it was sent, and when, is what the next mails go by.
constexpr const char* kMails =
    "UPDATE mails SET body = '' WHERE id IN (SELECT id FROM mails WHERE created < $1 AND state <> 'waiting' AND body <> '' ORDER BY id "
    "LIMIT $2)";
constexpr const char* kCodes = "DELETE FROM codes WHERE hash IN (SELECT hash FROM codes WHERE valid_until < $1 LIMIT $2)";

}  // namespace

Result<std::int64_t> PostgresStore::forget_before(Time reports, Time changes, Time ended, std::int64_t limit) {
  std::int64_t gone = 0;
  const auto forget = [&](const char* sql, const Params& params) -> Status {
    const auto count = count_of(kWholeHub, sql, params);
    if (!count) return count.error();
    gone += *count;
    return platform::Done{};
  };
  // Of a device that was removed nothing stays but that it was here.
  if (auto status = forget(kContents, Params(reports, limit)); !status) return status.error();
  for (const char* sql : kGone)
    if (auto status = forget(sql, Params(limit)); !status) return status.error();
  auto forgotten = ask(kWholeHub, kReports, Params(reports, limit));
  if (!forgotten) return forgotten.error();
  const auto of_reports = (*forgotten)[0].number(0);
  gone += of_reports;
  if (of_reports < limit) {
    // None is left but what a state rests on.
    const auto dropped = ask(kWholeHub, "SELECT drop_days($1)", Params(reports.time_since_epoch().count() / kDaySeconds));
    if (!dropped) return dropped.error();
    days_.clear();
  }
  for (const auto& [sql, before] : {std::pair{kChanges, changes}, {kMails, changes}, {kCodes, ended}})
    if (auto status = forget(sql, Params(before, limit)); !status) return status.error();
  return gone;
}

Result<std::int64_t> PostgresStore::forget_people(Time now, Time deeds, std::int64_t limit) {
  std::int64_t gone = 0;
  for (const auto& [sql, before] :
       {std::pair{"DELETE FROM sign_ins WHERE hash IN (SELECT hash FROM sign_ins WHERE valid_until <= $1 LIMIT $2)", now},
        {"DELETE FROM person_keys WHERE hash IN (SELECT hash FROM person_keys WHERE valid_until <= $1 LIMIT $2)", now},
        {"DELETE FROM deeds WHERE id IN (SELECT id FROM deeds WHERE at < $1 LIMIT $2) AND at < $1", deeds}}) {
    const auto count = count_of(kWholeHub, sql, Params(before, limit));
    if (!count) return count.error();
    gone += *count;
  }
  return gone;
}

}  // namespace gokajo::hub
