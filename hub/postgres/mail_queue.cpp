#include "hub/mail_queue.h"

#include "hub/postgres/open.h"
#include "hub/postgres/read_rows.h"
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind;

namespace {

#define GOKAJO_MAIL "SELECT id, tenant, message_id, recipient, kind, body, state, tries, next_try, created, sent FROM mails WHERE "

Mail mail_of(const Row& row) {
  return {row.number(0),           row.text(1),   row.text(2), row.text(3), row.text(4),          row.text(5),
          row.named<MailState>(6), row.number(7), row.time(8), row.time(9), row.optional_time(10)};
}

class PostgresMailQueue : public MailQueue {
 public:
  explicit PostgresMailQueue(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Result<bool> add(const Mail& mail) override {
    const auto changed =
        write(mail.tenant,
              "INSERT INTO mails (tenant, message_id, recipient, kind, body, state, tries, next_try, created) VALUES ($1, $2, $3, $4, $5, "
              "'waiting', 0, $6, $7) ON CONFLICT (tenant, message_id) DO NOTHING",
              Params(mail.tenant, mail.message_id, mail.recipient, mail.kind, mail.body, mail.next_try, mail.created));
    if (!changed) return changed.error();
    return *changed == 1;
  }

  Result<std::vector<Mail>> due(Time now, std::size_t limit) override {
    return read(kWholeHub, GOKAJO_MAIL "state = 'waiting' AND next_try <= $1 ORDER BY next_try, id LIMIT $2",
                Params(now, static_cast<std::int64_t>(limit)));
  }

  Result<std::vector<Mail>> newest(const std::string& tenant, std::size_t limit) override {
    return read(tenant, GOKAJO_MAIL "tenant = $1 ORDER BY id DESC LIMIT $2", Params(tenant, static_cast<std::int64_t>(limit)));
  }

  Status mark_sent(std::int64_t id, Time now) override {
    return mark(
        "UPDATE mails SET state = 'sent', sent = $2, tries = tries + 1, body = CASE kind WHEN 'link' THEN '' ELSE body END WHERE id = $1 "
        "AND state = 'waiting'",
        Params(id, now));
  }

  Status mark_failed(std::int64_t id, std::optional<Time> next_try) override {
    return mark(
        "UPDATE mails SET tries = tries + 1, next_try = coalesce($2, next_try), state = CASE WHEN $2 IS NULL THEN 'given_up' ELSE state "
        "END, body = CASE WHEN $2 IS NULL AND kind = 'link' THEN '' ELSE body END WHERE id = $1 AND state = 'waiting'",
        Params(id, next_try));
  }

  Result<bool> leads() override {
    const auto alive = connection_->ask("SELECT 1::bigint", Params());
    if (!alive) return alive.error();
    if (leads_ && led_since_ == connection_->times_connected()) return true;
    auto locked = connection_->ask("SELECT pg_try_advisory_lock(hashtextextended('gokajo.mail', 0))::int::bigint", Params());
    if (!locked) return locked.error();
    leads_ = (*locked)[0].number(0) != 0;
    led_since_ = connection_->times_connected();
    return leads_;
  }

 private:
  Result<std::vector<Mail>> read(const char* scope, const char* sql, const Params& params) { return read(std::string(scope), sql, params); }
  Result<std::vector<Mail>> read(const std::string& scope, const char* sql, const Params& params) {
    connection_->within(scope);
    auto rows = connection_->ask(sql, params);
    if (!rows) return rows.error();
    return rows->all(mail_of);
  }

  // How many rows were written, for good. What decides on mails holds the lock with this connection: without it another may decide.
  Result<std::int64_t> write(const std::string& scope, const char* sql, const Params& params) {
    connection_->within(scope);
    if (auto begun = connection_->begin("BEGIN ISOLATION LEVEL READ COMMITTED", {}); !begun) return begun.error();
    if (leads_ && led_since_ != connection_->times_connected()) {
      connection_->rollback();
      return Error{ErrorKind::failed, "mail queue: the database is another by now; another hub may see to the mails"};
    }
    auto rows = connection_->ask(sql, params);
    auto status = rows ? connection_->commit() : Status(rows.error());
    if (!status) {
      connection_->rollback();
      return status.error();
    }
    return rows->changed();
  }

  // Those that are told to send go on to be told what became of it, whoever sees to the mails.
  Status mark(const char* sql, const Params& params) {
    const bool led = std::exchange(leads_, false);
    const auto changed = write(kWholeHub, sql, params);
    leads_ = led;
    if (!changed) return changed.error();
    if (*changed != 1) return Error{ErrorKind::not_found, "mail queue: no such waiting mail"};
    return Done{};
  }

  std::unique_ptr<Connection> connection_;
  bool leads_ = false;
  std::int64_t led_since_ = 0;
};

}  // namespace

Result<std::unique_ptr<MailQueue>> open_postgres_mail_queue(const std::string& url) {
  auto connection = open_connection(url);
  if (!connection) return connection.error();
  return std::unique_ptr<MailQueue>(std::make_unique<PostgresMailQueue>(std::move(*connection)));
}

}  // namespace gokajo::hub
