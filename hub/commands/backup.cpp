#include "hub/commands/command.h"
#include "hub/open_store.h"
#include "hub/sqlite_store.h"

namespace gokajo::hub {
namespace {

int run(const Session& session, const std::string& file) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  if (is_postgres(state->database()))
    return misuse(session, session.say("データは PostgreSQL にあります。控えは pg_dump か pg_basebackup で作ってください。",
                                       "The data is in PostgreSQL: copy it with pg_dump or pg_basebackup."));
  if (auto status = back_up_database(state->database(), file); !status) return complain(session, status.error());
  if (auto status = check_database(file); !status) return complain(session, status.error());
  print(file + session.say(": 書き出しました（コードの印と証明書の鍵は入っていません）",
                           ": written (without the pepper of codes and the certificate's keys)"));
  return 0;
}

}  // namespace

void add_backup_command(CLI::App& app, Session& session) {
  auto* command =
      app.add_subcommand("backup", session.say("データの控えを作ります（動かしたままでできます）", "Copy the data while the hub runs"));
  auto file = std::make_shared<std::string>();
  add_common_options(*command, session);
  command->add_option("FILE", *file, session.say("新しく作るファイル", "the file to make"))->required();
  command->callback([file, &session] { session.exit_code = run(session, *file); });
}

}  // namespace gokajo::hub
