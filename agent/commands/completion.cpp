#include "agent/completion.h"

#include <cstdio>
#include <memory>

#include "agent/commands/command.h"

namespace gokajo::agent {

void add_completion_command(CLI::App& app, Session& session) {
  auto shell = std::make_shared<std::string>();
  auto* command = app.add_subcommand("completion", session.say("シェルの補完を出力します", "Print a completion script for a shell"));
  command->add_option("SHELL", *shell, session.say("シェルの名前", "name of the shell"))
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->type_name("");
  add_language_option(*command, session);
  command->callback([shell, &app, &session] {
    const auto script = completion_script(*shell, command_shapes(app));
    if (script) std::fputs(script->c_str(), stdout);
    session.exit_code = script ? 0 : kUsage;
  });
}

}  // namespace gokajo::agent
