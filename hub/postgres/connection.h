/// \file
/// One connection to PostgreSQL. Statements travel in its pipeline: what is sent does not wait for an answer, and what is asked waits for
/// all before it, so that a hundred rows cost one way there and back.
///
/// A connection that broke is made anew, to whichever of the named hosts takes writes, with the next transaction or single statement; what
/// was open is lost, and says so until rollback(). Errors: timed_out (somebody else holds it, or it takes too long), failed otherwise. Not
/// thread-safe.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "hub/postgres/params.h"
#include "hub/postgres/rows.h"

namespace gokajo::hub {

/// What row security lets be seen (hub/data/postgres.sql): one company, or all.
inline constexpr const char* kWholeHub = "*";

/// Others are waited for as long as with SQLite; a statement may take so long.
inline constexpr std::chrono::seconds kLockTimeout{10};
inline constexpr std::chrono::seconds kStatementTimeout{60};
/// After a connection could not be made, none is tried for so long.
inline constexpr std::chrono::milliseconds kBetweenTries{500};

class Connection {
 public:
  /// `url`: postgres://user@host1,host2/database?…, as libpq reads it (its passfile= or PGPASSFILE hold the password; one in the address is
  /// refused, Error{denied}; so is a host other than this machine without sslmode=verify-full). Where it does not say otherwise, a server
  /// that takes writes is looked for.
  static platform::Result<std::unique_ptr<Connection>> open(const std::string& url);

  /// The answers to several, in one go.
  struct Question {
    const char* sql;
    Params params;
  };
  /// `how`: BEGIN and its words. `first`: the answers to these, in the transaction. Error: none was begun.
  platform::Result<std::vector<Rows>> begin(const char* how, const std::vector<Question>& first);
  /// Error: nothing was committed, or (the connection broke) nobody knows. Nothing is open afterwards.
  platform::Status commit();
  void rollback();
  bool in_transaction() const { return in_transaction_; }

  /// From here on for this company or kWholeHub: until another is named or the transaction ends.
  void within(const std::string& scope) { scope_ = scope; }
  /// Sent, not waited for: what goes wrong is said by the next settle() or ask(). `sql` must be a literal: it is known by its address.
  void send(const char* sql, const Params& params);
  platform::Result<Rows> ask(const char* sql, const Params& params);
  platform::Result<std::vector<Rows>> ask_all(const std::vector<Question>& questions);
  /// Waits for what was sent.
  platform::Status settle();

  /// The same for a text that is made up. No parameters.
  platform::Result<Rows> ask_text(const std::string& sql);

  /// Several statements in one text, for the schema; no parameters.
  platform::Status run_script(const std::string& sql);
  /// Rows in PostgreSQL's binary COPY form, after "COPY … FROM STDIN (FORMAT binary)". Inside a transaction.
  platform::Status copy_in(const std::string& sql, const std::vector<Params>& rows);

  /// Moves with each connection that was made.
  std::int64_t times_connected() const { return times_connected_; }
  /// Drops it, so that the next use makes another.
  void close();

 private:
  enum class Wanted { nothing, prepared, rows };
  struct Sent {
    Wanted wanted;
    const char* sql;
  };

  explicit Connection(std::string url) : url_(std::move(url)) {}
  platform::Status connect();
  platform::Status ready();
  platform::Status try_commit();
  void send_one(const char* sql, const Params& params, Wanted wanted);
  void send_scope();
  platform::Result<std::vector<Rows>> answers();
  platform::Error broken() const;
  platform::Error error_of(const PGresult* result);

  std::string url_;
  std::unique_ptr<PGconn, void (*)(PGconn*)> link_{nullptr, PQfinish};
  std::map<const char*, std::string> statements_;  ///< prepared on this connection
  std::vector<Sent> sent_;
  std::string scope_, scope_there_;  ///< wanted, and what the open transaction has
  bool in_transaction_ = false;
  bool warned_ = false;
  std::int64_t times_connected_ = 0, times_prepared_ = 0;
  std::optional<std::chrono::steady_clock::time_point> failed_at_;
};

/// A connection for the hub's work: with the tables of this program, as a role that is bound by row security (hub/postgres/open.h).
platform::Result<std::unique_ptr<Connection>> open_connection(const std::string& url);

}  // namespace gokajo::hub
