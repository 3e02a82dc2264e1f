#include <cstdio>

#include "agent/commands/command.h"
#include "agent/man_page.h"

namespace gokajo::agent {

void add_man_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("man", session.say("マニュアルを出力します (roff)", "Print the man page (roff)"));
  add_language_option(*command, session);
  command->callback([&app, &session] {
    std::fputs(man_page(command_shapes(app), session.language, GOKAJO_VERSION).c_str(), stdout);
    session.exit_code = 0;
  });
}

}  // namespace gokajo::agent
