#include <filesystem>

#include "hub/commands/command.h"
#include "hub/open_store.h"
#include "hub/sqlite_store.h"
#include "hub/store_setting.h"
#include "platform/invoker.h"

namespace gokajo::hub {
namespace {

// Only into a directory that has no data: what is there is never written over.
int run(const Session& session, const std::string& file) {
  const auto directory = hub_directory(session.state);
  const auto where = find_store(directory);
  if (!where) return complain(session, where.error());
  if (is_postgres(*where))
    return misuse(session, session.say("データは PostgreSQL にあります。控えからは pg_restore で戻してください。",
                                       "The data is in PostgreSQL: bring a copy back with pg_restore."));
  const auto sealed = check_database(file);
  if (!sealed) return complain(session, sealed.error());
  if (auto made = platform::own_private_directory(directory); !made) return complain(session, made.error());
  if (auto copied = restore_database(file, directory + "/hub.db"); !copied) return complain(session, copied.error());
  const auto state = open_state(directory);
  if (!state) return complain(session, state.error());
  print(session.say("戻しました。控えのあとに届いた結果は、各PCの次の点検で届きます。出してあったコードは使えません。",
                    "Restored. What came after the copy comes with the next scans. Codes issued before are void."));
  if (!*sealed)
    print(session.say("この控えには照合のための値がないので、中身が書いたときのままかは確かめられませんでした。",
                      "This copy has no seal: nobody can say whether it holds what was written."));
  print(session.say("控えのあとに変えたことは元に戻っています。やめた人や外したPCが戻っていないか、「使う人」と「PC」を見てください。",
                    "What was changed after the copy is undone: look whether people who left, or PCs that were removed, are back."));
  return 0;
}

}  // namespace

void add_restore_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand(
      "restore", session.say("控えからデータを戻します（空のフォルダーへ）", "Bring a copy back, into an empty directory"));
  auto file = std::make_shared<std::string>();
  add_common_options(*command, session);
  command->add_option("FILE", *file, session.say("控えのファイル", "the copy"))->required();
  command->callback([file, &session] { session.exit_code = run(session, *file); });
}

}  // namespace gokajo::hub
