#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

// The first column of every row.
std::vector<std::string> texts(Use rows) {
  std::vector<std::string> found;
  while (rows.executeStep()) found.push_back(rows.getColumn(0).getString());
  return found;
}

}  // namespace

Result<CompanySheet> SqliteStore::sheet(const std::string& tenant) {
  return answered([&]() -> Result<CompanySheet> {
    auto query = prepared("SELECT declaration, star, declared_on, review_on, mail_detail FROM sheets WHERE tenant = ?");
    query.bind(1, tenant);
    CompanySheet sheet;
    sheet.tenant = tenant;
    if (!query.executeStep()) return sheet;
    sheet.declaration = query.getColumn(0).getString();
    sheet.star = query.getColumn(1).getInt64();
    sheet.declared_on = query.getColumn(2).getString();
    sheet.review_on = query.getColumn(3).getString();
    sheet.mail_detail = query.getColumn(4).getString();
    return sheet;
  });
}

Status SqliteStore::put_sheet(const CompanySheet& sheet) {
  return answered([&]() -> Status {
    auto statement = prepared(
        "INSERT OR REPLACE INTO sheets (tenant, declaration, star, declared_on, review_on, mail_detail) VALUES (?, ?, ?, ?, ?, ?)");
    statement.bind(1, sheet.tenant);
    statement.bind(2, sheet.declaration);
    statement.bind(3, sheet.star);
    statement.bind(4, sheet.declared_on);
    statement.bind(5, sheet.review_on);
    statement.bind(6, sheet.mail_detail);
    statement.exec();
    return Done{};
  });
}

Result<std::vector<std::string>> SqliteStore::devices_asking(const std::string& tenant, const std::string& check, std::size_t limit) {
  return answered([&]() -> Result<std::vector<std::string>> {
    auto query = prepared(
        "SELECT findings.device FROM findings JOIN devices USING (tenant, device) WHERE findings.tenant = ? AND check_id = ? AND verdict = "
        "'ask' AND standing <> 'removed' ORDER BY name, findings.device LIMIT ?");
    query.bind(1, tenant);
    query.bind(2, check);
    query.bind(3, static_cast<std::int64_t>(limit));
    return texts(std::move(query));
  });
}

Result<std::string> SqliteStore::hub_value(const std::string& name) {
  return answered([&]() -> Result<std::string> {
    auto query = prepared("SELECT value FROM hub_values WHERE name = ?");
    query.bind(1, name);
    if (!query.executeStep()) return Error{ErrorKind::not_found, "store: no such value"};
    return query.getColumn(0).getString();
  });
}

Status SqliteStore::put_hub_value(const std::string& name, const std::string& value) {
  return answered([&]() -> Status {
    if (value.empty()) {
      auto statement = prepared("DELETE FROM hub_values WHERE name = ?");
      statement.bind(1, name);
      statement.exec();
      return Done{};
    }
    auto statement = prepared("INSERT OR REPLACE INTO hub_values (name, value) VALUES (?, ?)");
    statement.bind(1, name);
    statement.bind(2, value.data(), static_cast<int>(value.size()));
    statement.exec();
    return Done{};
  });
}

Result<std::vector<MailNote>> SqliteStore::recent_mails(std::size_t limit) {
  return answered([&]() -> Result<std::vector<MailNote>> {
    auto query = prepared("SELECT tenant, recipient, kind, state, tries, created FROM mails ORDER BY id DESC LIMIT ?");
    query.bind(1, static_cast<std::int64_t>(limit));
    std::vector<MailNote> found;
    while (query.executeStep())
      found.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString(),
                       query.getColumn(3).getString(), query.getColumn(4).getInt64(), time_of(query.getColumn(5))});
    return found;
  });
}

Result<std::vector<Deed>> SqliteStore::deeds_matching(const std::string& tenant, const DeedFilter& filter, std::size_t skip,
                                                      std::size_t limit) {
  return answered([&]() -> Result<std::vector<Deed>> {
    auto query = prepared(
        "SELECT tenant, at, who, what, subject, before, after FROM deeds WHERE tenant = ?1 AND (?2 = '' OR who = ?2) AND (?3 = '' OR what "
        "= "
        "?3) ORDER BY at DESC, rowid DESC LIMIT ?5 OFFSET ?4");
    query.bind(1, tenant);
    query.bind(2, filter.who);
    query.bind(3, filter.what);
    query.bind(4, static_cast<std::int64_t>(skip));
    query.bind(5, static_cast<std::int64_t>(limit));
    std::vector<Deed> found;
    while (query.executeStep())
      found.push_back({query.getColumn(0).getString(), time_of(query.getColumn(1)), query.getColumn(2).getString(),
                       query.getColumn(3).getString(), query.getColumn(4).getString(), query.getColumn(5).getString(),
                       query.getColumn(6).getString()});
    return found;
  });
}

Result<std::vector<std::string>> SqliteStore::who_did(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<std::string>> {
    auto query = prepared("SELECT DISTINCT who FROM deeds WHERE tenant = ? ORDER BY who");
    query.bind(1, tenant);
    return texts(std::move(query));
  });
}

Result<std::vector<std::string>> SqliteStore::what_was_done(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<std::string>> {
    auto query = prepared("SELECT DISTINCT what FROM deeds WHERE tenant = ? ORDER BY what");
    query.bind(1, tenant);
    return texts(std::move(query));
  });
}

}  // namespace gokajo::hub
