#include "hub/postgres/connection.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

// Where the address does not say otherwise. A host that is gone without a word is noticed within a quarter of a minute.
constexpr std::pair<const char*, const char*> kDefaults[] = {
    {"application_name", "gokajo-hub"},    {"connect_timeout", "5"},  {"keepalives_idle", "10"},
    {"keepalives_interval", "3"},          {"keepalives_count", "3"}, {"tcp_user_timeout", "15000"},
    {"target_session_attrs", "read-write"}};

constexpr const char* kSession =
    "SELECT set_config('search_path', 'gokajo, pg_temp', false), set_config('client_encoding', 'UTF8', false), "
    "set_config('statement_timeout', '60s', false), set_config('lock_timeout', '10s', false), "
    "set_config('idle_in_transaction_session_timeout', '300s', false), "
    // Questions are short and go through indexes that memory holds: a table read in turn, or a helper that must be started first, is
    // slower.
    "set_config('random_page_cost', '1.1', false), set_config('max_parallel_workers_per_gather', '0', false), "
    // Only remote_apply promises more than on.
    "set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, "
    "false), current_setting('server_encoding')";

using Options = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;
using Answer = std::unique_ptr<PGresult, void (*)(PGresult*)>;

std::string first_line(const char* text) {
  const std::string_view all(text ? text : "");
  return std::string(all.substr(0, all.find('\n')));
}

bool is_any_of(std::string_view state, std::initializer_list<std::string_view> states) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

// A message of the server's. In a commit a warning says that it is not on the standby that it should be on.
void note_warning(void* warned, const PGresult* notice) {
  const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (severity && std::strcmp(severity, "WARNING") == 0) *static_cast<bool*>(warned) = true;
}

bool is_this_machine(std::string_view host) {
  return host.empty() || host.starts_with('/') || host == "localhost" || host == "127.0.0.1" || host == "::1";
}

// Between machines the server must be who it says it is: its certificate, from an authority that is named, and its name.
bool is_verified(const PQconninfoOption* options) {
  std::string hosts, mode;
  for (const auto* option = options; option->keyword; ++option) {
    if (!option->val) continue;
    const std::string_view name = option->keyword;
    if (name == "host" || name == "hostaddr") hosts += std::string(option->val) + ",";
    if (name == "sslmode") mode = option->val;
  }
  if (mode == "verify-full") return true;
  for (std::size_t at = 0; at < hosts.size();) {
    const auto end = hosts.find(',', at);
    if (!is_this_machine(std::string_view(hosts).substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::string& url) {
  std::unique_ptr<Connection> connection(new Connection(url));
  if (auto connected = connection->connect(); !connected) return connected.error();
  return connection;
}

Status Connection::connect() {
  // Whoever waits for this thread shall not wait for host after host each time.
  if (failed_at_ && std::chrono::steady_clock::now() - *failed_at_ < kBetweenTries)
    return Error{ErrorKind::failed, "database: no connection"};
  close();
  char* problem = nullptr;
  const Options options(PQconninfoParse(url_.c_str(), &problem), PQconninfoFree);
  if (!options) {
    // libpq's own words may quote the address, and that may hold a password.
    PQfreemem(problem);
    return Error{ErrorKind::malformed, "database: the address of PostgreSQL cannot be read"};
  }
  if (!is_verified(options.get()))
    return Error{ErrorKind::denied,
                 "database: between machines the address must say sslmode=verify-full, and with sslrootcert= who vouches"};
  std::vector<const char*> names, values;
  for (const auto* option = options.get(); option->keyword; ++option) {
    if (!option->val) continue;
    if (std::strcmp(option->keyword, "password") == 0)
      return Error{ErrorKind::denied, "database: no password may stand in the address; passfile= names a file that holds it"};
    names.push_back(option->keyword);
    values.push_back(option->val);
  }
  for (const auto& [name, value] : kDefaults) {
    if (std::any_of(names.begin(), names.end(), [&](const char* one) { return std::strcmp(one, name) == 0; })) continue;
    names.push_back(name);
    values.push_back(value);
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  link_.reset(PQconnectdbParams(names.data(), values.data(), 0));
  if (!link_ || PQstatus(link_.get()) != CONNECTION_OK) {
    const auto why = link_ ? first_line(PQerrorMessage(link_.get())) : "out of memory";
    close();
    failed_at_ = std::chrono::steady_clock::now();
    return Error{ErrorKind::failed, "database: " + why};
  }
  PQsetNoticeReceiver(link_.get(), note_warning, &warned_);
  const Answer session(PQexec(link_.get(), kSession), PQclear);
  if (PQresultStatus(session.get()) != PGRES_TUPLES_OK) return error_of(session.get());
  if (std::strcmp(PQgetvalue(session.get(), 0, 8), "UTF8") != 0)
    return Error{ErrorKind::unsupported, "database: its encoding must be UTF8"};
  if (PQenterPipelineMode(link_.get()) != 1) return broken();
  ++times_connected_;
  failed_at_.reset();
  return Done{};
}

void Connection::close() {
  link_.reset();
  statements_.clear();
  sent_.clear();
  scope_there_.clear();
}

Error Connection::broken() const {
  return {ErrorKind::failed, "database: " + (link_ ? first_line(PQerrorMessage(link_.get())) : std::string("no connection"))};
}

Error Connection::error_of(const PGresult* result) {
  const char* field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string state = field ? field : "";
  // The first line alone: further ones quote rows.
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const auto text =
      "database: " + (primary ? first_line(primary) : first_line(PQresultErrorMessage(result))) + (state.empty() ? "" : " (" + state + ")");
  if (is_any_of(state, {"25006", "57P03"})) close();  // a standby by now: another host takes writes
  if (is_any_of(state, {"55P03", "57014", "40001", "40P01"})) return {ErrorKind::timed_out, text};
  if (is_any_of(state, {"42501", "28000", "28P01"})) return {ErrorKind::denied, text};
  return {ErrorKind::failed, text};
}

Status Connection::ready() {
  if (link_ && PQstatus(link_.get()) == CONNECTION_OK) return Done{};
  if (in_transaction_) return broken();
  return connect();
}

void Connection::send_one(const char* sql, const Params& params, Wanted wanted) {
  if (!link_) return;
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    found = statements_.emplace(sql, "s" + std::to_string(++times_prepared_)).first;
    if (PQsendPrepare(link_.get(), found->second.c_str(), sql, 0, nullptr) == 1) sent_.push_back({Wanted::prepared, sql});
  }
  std::vector<const char*> values;
  std::vector<int> lengths;
  const std::vector<int> binary(params.size(), 1);
  for (std::size_t i = 0; i < params.size(); ++i) {
    values.push_back(params[i] ? params[i]->c_str() : nullptr);
    lengths.push_back(params[i] ? static_cast<int>(params[i]->size()) : 0);
  }
  if (PQsendQueryPrepared(link_.get(), found->second.c_str(), static_cast<int>(params.size()), values.data(), lengths.data(), binary.data(),
                          1) == 1)
    sent_.push_back({wanted, sql});
}

void Connection::send_scope() {
  if (in_transaction_ && scope_ == scope_there_) return;
  send_one("SELECT set_config('gokajo.tenant', $1, true)", Params(scope_), Wanted::nothing);
  if (in_transaction_) scope_there_ = scope_;
}

void Connection::send(const char* sql, const Params& params) {
  // The server's answers must never fill the way back while this end still writes.
  constexpr std::size_t kMostSent = 400;
  if (sent_.size() >= kMostSent && !settle()) return;
  send_scope();
  send_one(sql, params, Wanted::nothing);
}

// One for each statement that was sent, in order; then that of the end of the pipeline.
Result<std::vector<Rows>> Connection::answers() {
  std::vector<Rows> wanted;
  if (!link_) return broken();
  if (sent_.empty()) return wanted;
  std::optional<Error> problem;
  auto sent = std::exchange(sent_, {});
  if (PQpipelineSync(link_.get()) != 1) problem = broken();
  for (const auto& one : sent) {
    if (!link_ || PQstatus(link_.get()) != CONNECTION_OK) break;
    Answer answer(PQgetResult(link_.get()), PQclear);
    const auto status = PQresultStatus(answer.get());
    const bool well = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!well && one.wanted == Wanted::prepared) statements_.erase(one.sql);
    if (!well && !problem && status != PGRES_PIPELINE_ABORTED) problem = answer ? error_of(answer.get()) : broken();
    if (well && one.wanted == Wanted::rows) wanted.emplace_back(answer.release());
    const bool more = status != PGRES_FATAL_ERROR || (link_ && PQstatus(link_.get()) == CONNECTION_OK);
    if (link_ && more) {
      do answer.reset(PQgetResult(link_.get()));
      while (answer);
    }
  }
  if (link_ && PQstatus(link_.get()) == CONNECTION_OK) {
    const Answer end(PQgetResult(link_.get()), PQclear);
    if (PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC && !problem) problem = broken();
  }
  if (link_ && PQstatus(link_.get()) != CONNECTION_OK) {
    if (!problem) problem = broken();
    close();
  }
  if (problem) return *problem;
  return wanted;
}

Status Connection::settle() {
  const auto answered = answers();
  if (!answered) return answered.error();
  return Done{};
}

Result<std::vector<Rows>> Connection::ask_all(const std::vector<Question>& questions) {
  const auto try_it = [&]() -> Result<std::vector<Rows>> {
    if (auto status = ready(); !status) return status.error();
    send_scope();
    for (const auto& one : questions) send_one(one.sql, one.params, Wanted::rows);
    return answers();
  };
  auto answered = try_it();
  // The server was gone since the last time. Reading may simply be done again.
  const bool only_reads =
      std::all_of(questions.begin(), questions.end(), [](const Question& one) { return std::strncmp(one.sql, "SELECT", 6) == 0; });
  if (!answered && !in_transaction_ && !link_ && only_reads) answered = try_it();
  return answered;
}

Result<Rows> Connection::ask(const char* sql, const Params& params) {
  auto answered = ask_all({{sql, params}});
  if (!answered) return answered.error();
  return std::move(answered->front());
}

Result<Rows> Connection::ask_text(const std::string& sql) {
  if (auto status = ready(); !status) return status.error();
  send_scope();
  if (PQsendQueryParams(link_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 1) sent_.push_back({Wanted::rows, nullptr});
  auto answered = answers();
  if (!answered) return answered.error();
  if (answered->empty()) return broken();
  return std::move(answered->front());
}

Result<std::vector<Rows>> Connection::begin(const char* how, const std::vector<Question>& first) {
  if (in_transaction_) return Error{ErrorKind::failed, "database: a transaction is open already"};
  const auto try_it = [&]() -> Result<std::vector<Rows>> {
    if (auto status = ready(); !status) return status.error();
    send_one(how, Params(), Wanted::nothing);
    in_transaction_ = true;
    scope_there_.clear();
    if (!first.empty()) send_scope();
    for (const auto& one : first) send_one(one.sql, one.params, Wanted::rows);
    auto answered = answers();
    if (!answered) rollback();
    return answered;
  };
  auto begun = try_it();
  if (!begun && !link_) begun = try_it();  // the server was gone since the last time, and another may be there
  return begun;
}

Status Connection::commit() {
  if (!in_transaction_) return Error{ErrorKind::failed, "database: no transaction is open"};
  auto done = try_commit();
  if (!done) rollback();
  return done;
}

Status Connection::try_commit() {
  if (auto status = settle(); !status) return status;
  warned_ = false;
  send_one("COMMIT", Params(), Wanted::rows);
  auto answered = answers();
  if (!answered) return answered.error();
  in_transaction_ = false;
  scope_there_.clear();
  // A transaction in which something failed is rolled back by this, without an error.
  if (answered->front().tag() != "COMMIT") return Error{ErrorKind::failed, "database: something failed before; nothing was committed"};
  if (warned_) return Error{ErrorKind::failed, "database: the commit is not known to be on a standby"};
  return Done{};
}

void Connection::rollback() {
  (void)settle();
  if (link_ && in_transaction_) {
    send_one("ROLLBACK", Params(), Wanted::nothing);
    if (!settle()) close();
  }
  in_transaction_ = false;
  scope_there_.clear();
}

Status Connection::run_script(const std::string& sql) {
  if (auto status = ready(); !status) return status;
  if (auto status = settle(); !status) return status;
  PQexitPipelineMode(link_.get());
  Status done = Done{};
  {
    const Answer answer(PQexec(link_.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) done = error_of(answer.get());
  }
  if (link_) PQenterPipelineMode(link_.get());
  return done;
}

Status Connection::copy_in(const std::string& sql, const std::vector<Params>& rows) {
  if (auto status = settle(); !status) return status;
  send_scope();
  if (auto status = settle(); !status) return status;
  std::string data("PGCOPY\n\377\r\n\0", 11);
  append_big_endian(data, 0, 8);  // flags, and no extension
  for (const auto& row : rows) {
    append_big_endian(data, row.size(), 2);
    for (std::size_t i = 0; i < row.size(); ++i) {
      append_big_endian(data, row[i] ? row[i]->size() : 0xFFFFFFFFU, 4);
      if (row[i]) data += *row[i];
    }
  }
  append_big_endian(data, 0xFFFFU, 2);
  PQexitPipelineMode(link_.get());
  Status done = Done{};
  {
    const Answer begun(PQexec(link_.get(), sql.c_str()), PQclear);
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
      done = error_of(begun.get());
    } else {
      // libpq takes an int.
      constexpr std::size_t kPiece = 1U << 26U;
      bool well = true;
      for (std::size_t at = 0; well && at < data.size(); at += kPiece)
        well = PQputCopyData(link_.get(), data.data() + at, static_cast<int>(std::min(kPiece, data.size() - at))) == 1;
      well = PQputCopyEnd(link_.get(), nullptr) == 1 && well;
      for (Answer answer(PQgetResult(link_.get()), PQclear); answer; answer.reset(link_ ? PQgetResult(link_.get()) : nullptr))
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK && done) done = error_of(answer.get());
      if (done && (!well || PQstatus(link_.get()) != CONNECTION_OK)) done = broken();
    }
  }
  if (link_ && PQstatus(link_.get()) != CONNECTION_OK) close();
  if (link_) PQenterPipelineMode(link_.get());
  return done;
}

}  // namespace gokajo::hub
