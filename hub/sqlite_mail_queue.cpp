#include "hub/database.h"
#include "hub/mail_queue.h"
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status, platform::Time;

namespace {

class SqliteMailQueue : public MailQueue {
 public:
  explicit SqliteMailQueue(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Result<bool> add(const Mail& mail) override {
    return answered([&]() -> Result<bool> {
      auto statement = database_->prepared(
          "INSERT OR IGNORE INTO mails (tenant, message_id, recipient, kind, body, state, tries, next_try, created) VALUES (?, ?, ?, ?, ?, "
          "?, "
          "0, ?, ?)");
      statement.bind(1, mail.tenant);
      statement.bind(2, mail.message_id);
      statement.bind(3, mail.recipient);
      statement.bind(4, mail.kind);
      statement.bind(5, mail.body);
      statement.bind(6, name_of(MailState::waiting));
      statement.bind(7, seconds(mail.next_try));
      statement.bind(8, seconds(mail.created));
      return statement.exec() == 1;
    });
  }

  Result<std::vector<Mail>> due(Time now, std::size_t limit) override {
    return answered([&]() -> Result<std::vector<Mail>> {
      auto query = database_->prepared(
          "SELECT id, tenant, message_id, recipient, kind, body, state, tries, next_try, created, sent FROM mails WHERE state = 'waiting' "
          "AND "
          "next_try <= ? ORDER BY next_try, id LIMIT ?");
      query.bind(1, seconds(now));
      query.bind(2, static_cast<std::int64_t>(limit));
      return read_all(query);
    });
  }

  Result<std::vector<Mail>> newest(const std::string& tenant, std::size_t limit) override {
    return answered([&]() -> Result<std::vector<Mail>> {
      auto query = database_->prepared(
          "SELECT id, tenant, message_id, recipient, kind, body, state, tries, next_try, created, sent FROM mails WHERE tenant = ? ORDER "
          "BY id "
          "DESC LIMIT ?");
      query.bind(1, tenant);
      query.bind(2, static_cast<std::int64_t>(limit));
      return read_all(query);
    });
  }

  Status mark_sent(std::int64_t id, Time now) override {
    return answered([&]() -> Status {
      auto statement = database_->prepared(
          "UPDATE mails SET state = 'sent', sent = ?2, tries = tries + 1, body = iif(kind = 'link', '', body) WHERE id = ?1 AND state = "
          "'waiting'");
      statement.bind(1, id);
      statement.bind(2, seconds(now));
      return changed_one(statement);
    });
  }

  Status mark_failed(std::int64_t id, std::optional<Time> next_try) override {
    return answered([&]() -> Status {
      auto statement = database_->prepared(
          "UPDATE mails SET tries = tries + 1, next_try = coalesce(?2, next_try), state = CASE WHEN ?2 IS NULL THEN 'given_up' ELSE state "
          "END, body = iif(?2 IS NULL AND kind = 'link', '', body) WHERE id = ?1 AND state = 'waiting'");
      statement.bind(1, id);
      bind_optional(statement.raw(), 2, next_try);
      return changed_one(statement);
    });
  }

 private:
  static Status changed_one(Use& statement) {
    if (statement.exec() != 1) return Error{ErrorKind::not_found, "mail queue: no such waiting mail"};
    return Done{};
  }

  static std::vector<Mail> read_all(Use& query) {
    std::vector<Mail> mails;
    while (query.executeStep())
      mails.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString(),
                       query.getColumn(3).getString(), query.getColumn(4).getString(), query.getColumn(5).getString(),
                       named<MailState>(query.getColumn(6).getString()), query.getColumn(7).getInt64(), time_of(query.getColumn(8)),
                       time_of(query.getColumn(9)), optional_time(query.getColumn(10))});
    return mails;
  }

  std::unique_ptr<Database> database_;
};

}  // namespace

Result<std::unique_ptr<MailQueue>> open_sqlite_mail_queue(const std::string& path) {
  auto database = Database::open(path);
  if (!database) return database.error();
  return std::unique_ptr<MailQueue>(std::make_unique<SqliteMailQueue>(std::move(*database)));
}

}  // namespace gokajo::hub
