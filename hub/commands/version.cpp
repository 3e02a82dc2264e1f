#include "hub/commands/command.h"

namespace gokajo::hub {

void add_version_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("version", session.say("版を表示します", "Print the version"));
  command->callback([&session] {
    print("gokajo-hub " GOKAJO_VERSION);
    session.exit_code = 0;
  });
}

}  // namespace gokajo::hub
