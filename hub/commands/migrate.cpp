#include <filesystem>

#include "hub/commands/command.h"
#include "hub/open_store.h"
#include "hub/postgres/open.h"

namespace gokajo::hub {
namespace {

// The tables, and what the hub's file holds. Where there is no file, the tables alone: of a new hub, or a step further with a new program.
int run(const Session& session, const std::string& owner_url) {
  if (!is_postgres(owner_url))
    return misuse(
        session, session.say("--to には postgres:// で始まる宛先を指定してください", "--to takes an address that begins with postgres://"));
  const auto file = hub_directory(session.state) + "/hub.db";
  if (std::error_code none; !std::filesystem::exists(file, none)) {
    const auto steps = prepare_postgres(owner_url);
    if (!steps) return complain(session, steps.error());
    print(session.say("表を用意しました。", "The tables are there."));
    return 0;
  }
  const auto moved = move_to_postgres(file, owner_url);
  if (!moved) return complain(session, moved.error());
  for (const auto& [table, rows] : *moved) print(table + "\t" + std::to_string(rows));
  print(session.say(
      "写して、1行ずつ読み返して確かめました。hub.toml の store に宛先を書いてから、ハブを始めてください。もとの hub.db はそのままです。",
      "Copied, read back and compared row by row. Write the address into store of hub.toml, then start the hub. hub.db is as it was."));
  return 0;
}

}  // namespace

void add_migrate_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("migrate", session.say("PostgreSQL に表を用意し、データを写します（ハブを止めてから）",
                                                            "Make the tables in PostgreSQL and copy the data there; stop the hub first"));
  auto to = std::make_shared<std::string>();
  add_common_options(*command, session);
  command
      ->add_option("--to", *to,
                   session.say("表の持ち主としての宛先 (postgres://…)。パスワードはファイルに",
                               "the database, as the tables' owner (postgres://…); passwords stand in a file"))
      ->type_name("URL")
      ->required();
  command->callback([to, &session] { session.exit_code = run(session, *to); });
}

}  // namespace gokajo::hub
