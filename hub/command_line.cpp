#include "hub/command_line.h"

#include <cstdio>

#include "compliance/language.h"
#include "hub/commands/command.h"
#include "platform/bytes.h"
#include "platform/command_line.h"
#include "platform/service.h"

namespace gokajo::hub {

#define GOKAJO_HUB_COMMAND(name) void add_##name##_command(CLI::App& app, Session& session);
#include "hub/commands/commands.inc"
#undef GOKAJO_HUB_COMMAND

std::unique_ptr<CLI::App> command_tree(Session& session) {
  auto app = std::make_unique<CLI::App>(session.say("会社のPCの自己点検を集めるプログラム", "Collects the self-checks of a company's PCs"),
                                        "gokajo-hub");
  app->require_subcommand(1);
#define GOKAJO_HUB_COMMAND(name) add_##name##_command(*app, session);
#include "hub/commands/commands.inc"
#undef GOKAJO_HUB_COMMAND
  platform::word_help(*app, session.ja());
  return app;
}

int run_command_line(int argc, char** argv) {
  platform::forbid_core_dumps();  // keys of TLS, passwords of mail, codes
  // Help is written before any option is read.
  Session session{compliance::language_named(platform::language_of_words(argc, argv)).value_or(compliance::Language::ja)};
  session.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto app = command_tree(session);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return app->exit(problem);  // help was asked for
    std::fprintf(stderr, "gokajo-hub: %s: %s\n%s\n", session.say("使い方が違います", "wrong usage"),
                 platform::printable_utf8(problem.what()).c_str(), session.say("使い方: gokajo-hub --help", "usage: gokajo-hub --help"));
    return kUsage;
  }
  return session.exit_code;
}

}  // namespace gokajo::hub
