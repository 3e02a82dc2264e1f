// What was read of public feeds, and the companies' own briefings.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

namespace {

#define GOKAJO_FEED "SELECT feed, address, etag, modified, good, tried, problem"
#define GOKAJO_BRIEFING "SELECT tenant, briefing, state, month, published, sha256, made, decided, who"

KeptFeed bare_feed(const Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), {}, row.optional_time(4), row.optional_time(5), row.text(6)};
}

KeptFeed whole_feed(const Row& row) {
  auto feed = bare_feed(row);
  feed.items = row.text(7);
  return feed;
}

CompanyBriefing bare_briefing(const Row& row) {
  CompanyBriefing one;
  one.tenant = row.text(0);
  one.id = row.text(1);
  one.state = row.named<BriefingState>(2);
  one.month = row.text(3);
  one.published = row.time(4);
  one.sha256 = row.text(5);
  one.made = row.time(6);
  one.decided = row.optional_time(7);
  one.who = row.text(8);
  return one;
}

CompanyBriefing whole_briefing(const Row& row) {
  auto one = bare_briefing(row);
  one.text = row.text(9);
  one.about = row.text(10);
  return one;
}

}  // namespace

Result<std::vector<KeptFeed>> PostgresStore::feeds() {
  auto rows = ask(kWholeHub, GOKAJO_FEED " FROM feeds ORDER BY feed", Params());
  if (!rows) return rows.error();
  return rows->all(bare_feed);
}

Result<KeptFeed> PostgresStore::feed(const std::string& id) {
  auto rows = ask(kWholeHub, GOKAJO_FEED ", items FROM feeds WHERE feed = $1", Params(id));
  if (!rows) return rows.error();
  return rows->first("feed", whole_feed);
}

Status PostgresStore::put_feed(const KeptFeed& feed) {
  return tell(kWholeHub,
              "INSERT INTO feeds (feed, address, etag, modified, items, good, tried, problem) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON "
              "CONFLICT (feed) DO UPDATE SET address = excluded.address, etag = excluded.etag, modified = excluded.modified, items = "
              "excluded.items, good = excluded.good, tried = excluded.tried, problem = excluded.problem",
              Params(feed.feed, feed.address, feed.etag, feed.modified, feed.items, feed.good, feed.tried, feed.problem));
}

Result<std::vector<CompanyBriefing>> PostgresStore::company_briefings(const std::string& tenant, std::size_t limit) {
  auto rows = ask(tenant, GOKAJO_BRIEFING " FROM company_briefings WHERE tenant = $1 ORDER BY month DESC, briefing LIMIT $2",
                  Params(tenant, at_most(limit)));
  if (!rows) return rows.error();
  return rows->all(bare_briefing);
}

Result<CompanyBriefing> PostgresStore::company_briefing(const std::string& tenant, const std::string& id) {
  auto rows = ask(tenant, GOKAJO_BRIEFING ", text, about FROM company_briefings WHERE tenant = $1 AND briefing = $2", Params(tenant, id));
  if (!rows) return rows.error();
  return rows->first("briefing", whole_briefing);
}

Result<CompanyBriefing> PostgresStore::approved_briefing(const std::string& tenant, const std::string& sha256) {
  auto rows =
      ask(tenant, GOKAJO_BRIEFING ", text, about FROM company_briefings WHERE tenant = $1 AND sha256 = $2 AND state = 'approved' LIMIT 1",
          Params(tenant, sha256));
  if (!rows) return rows.error();
  return rows->first("briefing", whole_briefing);
}

Status PostgresStore::put_company_briefing(const CompanyBriefing& one) {
  auto told = tell(
      one.tenant,
      "INSERT INTO company_briefings (tenant, briefing, state, month, published, sha256, text, about, made, decided, who) VALUES ($1, $2, "
      "$3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (tenant, briefing) DO UPDATE SET state = excluded.state, month = excluded.month, "
      "published = excluded.published, sha256 = excluded.sha256, text = excluded.text, about = excluded.about, made = excluded.made, "
      "decided = excluded.decided, who = excluded.who",
      Params(one.tenant, one.id, word_of(one.state), one.month, one.published, one.sha256, one.text, one.about, one.made, one.decided,
             one.who));
  return told ? move_generation(one.tenant) : told;
}

Result<std::int64_t> PostgresStore::forget_briefings(Time before, std::int64_t limit) {
  return count_of(kWholeHub,
                  "DELETE FROM company_briefings WHERE (tenant, briefing) IN (SELECT tenant, briefing FROM company_briefings WHERE made < "
                  "$1 ORDER BY made LIMIT $2)",
                  Params(before, at_most(limit)));
}

#undef GOKAJO_BRIEFING
#undef GOKAJO_FEED

}  // namespace gokajo::hub
