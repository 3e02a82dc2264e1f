#include <cstdio>

#include "agent/commands/command.h"

namespace gokajo::agent {

void add_version_command(CLI::App& app, Session& session) {
  app.add_subcommand("version", session.say("版を表示します", "Print the version"))->callback([&session] {
    std::puts("gokajo " GOKAJO_VERSION);
    session.exit_code = 0;
  });
}

}  // namespace gokajo::agent
