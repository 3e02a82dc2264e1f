// What was read of public feeds, and the companies' own briefings.
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

std::string text(Use& row, int column) { return row.getColumn(column).getString(); }

KeptFeed feed_of(Use& row, bool whole) {
  return {text(row, 0),
          text(row, 1),
          text(row, 2),
          text(row, 3),
          whole ? text(row, 7) : std::string(),
          optional_time(row.getColumn(4)),
          optional_time(row.getColumn(5)),
          text(row, 6)};
}

CompanyBriefing briefing_of(Use& row, bool whole) {
  CompanyBriefing one;
  one.tenant = text(row, 0);
  one.id = text(row, 1);
  one.state = named<BriefingState>(text(row, 2));
  one.month = text(row, 3);
  one.published = time_of(row.getColumn(4));
  one.sha256 = text(row, 5);
  one.made = time_of(row.getColumn(6));
  one.decided = optional_time(row.getColumn(7));
  one.who = text(row, 8);
  if (!whole) return one;
  one.text = text(row, 9);
  one.about = text(row, 10);
  return one;
}

#define GOKAJO_BRIEFING "SELECT tenant, briefing, state, month, published, sha256, made, decided, who"

}  // namespace

Result<std::vector<KeptFeed>> SqliteStore::feeds() {
  return answered([&]() -> Result<std::vector<KeptFeed>> {
    auto query = prepared("SELECT feed, address, etag, modified, good, tried, problem FROM feeds ORDER BY feed");
    std::vector<KeptFeed> found;
    while (query.executeStep()) found.push_back(feed_of(query, false));
    return found;
  });
}

Result<KeptFeed> SqliteStore::feed(const std::string& id) {
  return answered([&]() -> Result<KeptFeed> {
    auto query = prepared("SELECT feed, address, etag, modified, good, tried, problem, items FROM feeds WHERE feed = ?");
    query.bind(1, id);
    if (!query.executeStep()) return Error{ErrorKind::not_found, "store: no such feed"};
    return feed_of(query, true);
  });
}

Status SqliteStore::put_feed(const KeptFeed& feed) {
  return answered([&]() -> Status {
    auto statement = prepared(
        "INSERT OR REPLACE INTO feeds (feed, address, etag, modified, items, good, tried, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    int index = 0;
    for (const auto* value : {&feed.feed, &feed.address, &feed.etag, &feed.modified, &feed.items}) statement.bind(++index, *value);
    bind_optional(statement.raw(), ++index, feed.good);
    bind_optional(statement.raw(), ++index, feed.tried);
    statement.bind(++index, feed.problem);
    statement.exec();
    return Done{};
  });
}

Result<std::vector<CompanyBriefing>> SqliteStore::company_briefings(const std::string& tenant, std::size_t limit) {
  return answered([&]() -> Result<std::vector<CompanyBriefing>> {
    auto query = prepared(GOKAJO_BRIEFING " FROM company_briefings WHERE tenant = ? ORDER BY month DESC, briefing LIMIT ?");
    query.bind(1, tenant);
    query.bind(2, static_cast<std::int64_t>(limit));
    std::vector<CompanyBriefing> found;
    while (query.executeStep()) found.push_back(briefing_of(query, false));
    return found;
  });
}

Result<CompanyBriefing> SqliteStore::company_briefing(const std::string& tenant, const std::string& id) {
  return answered([&]() -> Result<CompanyBriefing> {
    auto query = prepared(GOKAJO_BRIEFING ", text, about FROM company_briefings WHERE tenant = ? AND briefing = ?");
    query.bind(1, tenant);
    query.bind(2, id);
    if (!query.executeStep()) return Error{ErrorKind::not_found, "store: no such briefing"};
    return briefing_of(query, true);
  });
}

Result<CompanyBriefing> SqliteStore::approved_briefing(const std::string& tenant, const std::string& sha256) {
  return answered([&]() -> Result<CompanyBriefing> {
    auto query =
        prepared(GOKAJO_BRIEFING ", text, about FROM company_briefings WHERE tenant = ? AND sha256 = ? AND state = 'approved' LIMIT 1");
    query.bind(1, tenant);
    query.bind(2, sha256);
    if (!query.executeStep()) return Error{ErrorKind::not_found, "store: no such briefing"};
    return briefing_of(query, true);
  });
}

Status SqliteStore::put_company_briefing(const CompanyBriefing& one) {
  return answered([&]() -> Status {
    auto statement = prepared(
        "INSERT OR REPLACE INTO company_briefings (tenant, briefing, state, month, published, sha256, text, about, made, decided, who) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.bind(1, one.tenant);
    statement.bind(2, one.id);
    statement.bind(3, name_of(one.state));
    statement.bind(4, one.month);
    statement.bind(5, seconds(one.published));
    statement.bind(6, one.sha256);
    statement.bind(7, one.text);
    statement.bind(8, one.about);
    statement.bind(9, seconds(one.made));
    bind_optional(statement.raw(), 10, one.decided);
    statement.bind(11, one.who);
    statement.exec();
    move_generation(one.tenant);
    return Done{};
  });
}

Result<std::int64_t> SqliteStore::forget_briefings(Time before, std::int64_t limit) {
  return answered([&]() -> Result<std::int64_t> {
    auto statement =
        prepared("DELETE FROM company_briefings WHERE rowid IN (SELECT rowid FROM company_briefings WHERE made < ? ORDER BY made LIMIT ?)");
    statement.bind(1, seconds(before));
    statement.bind(2, limit);
    return statement.exec();
  });
}

#undef GOKAJO_BRIEFING

}  // namespace gokajo::hub
