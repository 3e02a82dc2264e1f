#include "hub/postgres/schema.h"

#include "hub/postgres/open.h"
#include "platform/embedded.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

constexpr std::string_view kStep = "\n-- step ";
constexpr int kFirstStep = 5;

// The text of one step, empty when there is none.
std::string text_of_step(int number) {
  for (const auto& file : embedded::hub_data()) {
    if (file.name != "postgres.sql") continue;
    const auto head = std::string(kStep) + std::to_string(number) + "\n";
    const auto from = file.text.find(head);
    if (from == std::string_view::npos) return {};
    const auto begin = from + head.size() - 1;
    return std::string(file.text.substr(begin, file.text.find(kStep, begin) - begin));
  }
  return {};
}

constexpr const char* kRoleAndSchema =
    "DO $$ BEGIN IF to_regrole('gokajo_hub') IS NULL THEN CREATE ROLE gokajo_hub NOLOGIN; END IF; END $$; "
    "CREATE SCHEMA IF NOT EXISTS gokajo";

}  // namespace

int last_step() {
  int step = kFirstStep;
  while (!text_of_step(step + 1).empty()) ++step;
  return step;
}

Result<std::int64_t> step_of(Connection& connection) {
  auto there = connection.ask("SELECT CASE WHEN to_regclass('gokajo.schema_step') IS NULL THEN 0::bigint ELSE 1::bigint END", Params());
  if (!there) return there.error();
  if ((*there)[0].number(0) == 0) return std::int64_t{0};
  auto step = connection.ask("SELECT step FROM gokajo.schema_step", Params());
  if (!step) return step.error();
  return step->first("step", [](const Row& row) { return row.number(0); });
}

Result<int> prepare_postgres(const std::string& owner_url) {
  auto opened = Connection::open(owner_url);
  if (!opened) return opened.error();
  auto& connection = **opened;
  if (auto made = connection.run_script(kRoleAndSchema); !made) return made.error();
  if (auto begun = connection.begin("BEGIN", {{"SELECT pg_advisory_xact_lock(hashtextextended('gokajo.schema', 0))", Params()}}); !begun)
    return begun.error();
  const auto made = [&]() -> Result<int> {
    const auto before = step_of(connection);
    if (!before) return before.error();
    if (*before > last_step())
      return Error{ErrorKind::unsupported, "database: made by a newer gokajo-hub (step " + std::to_string(*before) + ")"};
    int steps = 0;
    for (int step = std::max(static_cast<int>(*before) + 1, kFirstStep); step <= last_step(); ++step, ++steps)
      if (auto status = connection.run_script(text_of_step(step) + "; UPDATE schema_step SET step = " + std::to_string(step)); !status)
        return status.error();
    return steps;
  }();
  if (!made) {
    connection.rollback();
    return made;
  }
  if (auto committed = connection.commit(); !committed) return committed.error();
  return made;
}

}  // namespace gokajo::hub
