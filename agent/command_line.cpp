#include "agent/command_line.h"

#include <cstdio>
#include <memory>
#include <string_view>

#include "agent/commands/command.h"
#include "compliance/language.h"
#include "platform/bytes.h"
#include "platform/command_line.h"
#include "platform/service.h"

namespace gokajo::agent {

#define GOKAJO_COMMAND(name) void add_##name##_command(CLI::App& app, Session& session);
#include "agent/commands/commands.inc"
#undef GOKAJO_COMMAND

namespace {

const char* what_is_wrong(const Session& session, const CLI::ParseError& problem) {
  if (dynamic_cast<const CLI::RequiredError*>(&problem)) return session.say("足りないものがあります", "something is missing");
  if (dynamic_cast<const CLI::ExtrasError*>(&problem)) return session.say("分からない言葉があります", "unknown words");
  if (dynamic_cast<const CLI::ValidationError*>(&problem)) return session.say("使えない値です", "not an allowed value");
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem)) return session.say("値の数が違います", "wrong number of values");
  return session.say("使い方が違います", "wrong usage");
}

bool names_command(const CLI::App& app, std::string_view word) {
  const auto named = [&](const CLI::App* command) { return command->get_name() == word; };
  return !app.get_subcommands(named).empty();
}

std::string shown_commands(const CLI::App& app) {
  std::string names;
  for (const auto* command : app.get_subcommands([](const CLI::App* sub) { return !sub->get_group().empty(); }))
    names += (names.empty() ? "" : ", ") + command->get_name();
  return names;
}

}  // namespace

std::unique_ptr<CLI::App> command_tree(Session& session) {
  auto app = std::make_unique<CLI::App>(
      session.say("情報セキュリティ5か条の自己点検", "Self-check against the five rules of information security"), "gokajo");
  app->require_subcommand(1);
#define GOKAJO_COMMAND(name) add_##name##_command(*app, session);
#include "agent/commands/commands.inc"
#undef GOKAJO_COMMAND
  platform::word_help(*app, session.ja());
  return app;
}

int run_command_line(int argc, char** argv) {
  platform::forbid_core_dumps();  // the device's key, and what a scan reads before it is reduced
  // Help is written before any option is read.
  Session session{compliance::language_named(platform::language_of_words(argc, argv)).value_or(compliance::Language::ja)};
  const auto app = command_tree(session);
  if (argc > 1 && argv[1][0] != '-' && !names_command(*app, argv[1]))
    return complain(session, argv[1], {platform::ErrorKind::not_found, session.say("使える言葉: ", "expected: ") + shown_commands(*app)},
                    kUsage);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return app->exit(problem);  // help was asked for
    std::fprintf(stderr, "gokajo: %s: %s\n%s\n", what_is_wrong(session, problem), platform::printable_utf8(problem.what()).c_str(),
                 session.say("使い方: gokajo --help、gokajo scan --help", "usage: gokajo --help, gokajo scan --help"));
    return kUsage;
  }
  return session.exit_code;
}

}  // namespace gokajo::agent
