#include "agent/command_line.h"

#include "agent/commands/command.h"

namespace gokajo::agent {

#define GOKAJO_COMMAND(name) void add_##name##_command(CLI::App& app, int& exit_code);
#include "agent/commands/commands.inc"
#undef GOKAJO_COMMAND

std::unique_ptr<CLI::App> command_tree(int& exit_code) {
  auto app = std::make_unique<CLI::App>("5か条の自己点検 / Self-check against the five rules of information security", "gokajo");
  app->require_subcommand(1);
#define GOKAJO_COMMAND(name) add_##name##_command(*app, exit_code);
#include "agent/commands/commands.inc"
#undef GOKAJO_COMMAND
  return app;
}

int run_command_line(int argc, char** argv) {
  int exit_code = kInternal;
  const auto app = command_tree(exit_code);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    const int code = app->exit(problem);
    return code == 0 ? 0 : kUsage;
  }
  return exit_code;
}

}  // namespace gokajo::agent
