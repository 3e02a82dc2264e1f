#include "agent/command_line.h"

#include <array>
#include <cstdio>
#include <memory>
#include <string_view>
#include <utility>

#include "agent/commands/command.h"
#include "agent/language.h"
#include "platform/bytes.h"
#include "platform/service.h"

namespace gokajo::agent {

#define GOKAJO_COMMAND(name) void add_##name##_command(CLI::App& app, Session& session);
#include "agent/commands/commands.inc"
#undef GOKAJO_COMMAND

namespace {

// Help is written before any option is read, so its language is looked for here.
compliance::Language language_for(int argc, char** argv) {
  auto language = language_of_environment();
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with("--lang=")) language = language_named(word.substr(7)).value_or(language);
    if (word == "--lang" && i + 1 < argc) language = language_named(argv[i + 1]).value_or(language);
  }
  return language;
}

const char* what_is_wrong(const Session& session, const CLI::ParseError& problem) {
  if (dynamic_cast<const CLI::RequiredError*>(&problem)) return session.say("足りないものがあります", "something is missing");
  if (dynamic_cast<const CLI::ExtrasError*>(&problem)) return session.say("分からない言葉があります", "unknown words");
  if (dynamic_cast<const CLI::ValidationError*>(&problem)) return session.say("使えない値です", "not an allowed value");
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem)) return session.say("値の数が違います", "wrong number of values");
  return session.say("使い方が違います", "wrong usage");
}

// CLI11's own words of a help page, in Japanese. It has labels for some of them only, so they are changed in what it wrote.
class JapaneseHelp : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kWords = {{{"\nUsage:", "\n使い方:"},
                                                                                             {" [OPTIONS]", " [オプション]"},
                                                                                             {" SUBCOMMAND\n", " コマンド\n"},
                                                                                             {"\nPositionals:\n", "\n続けて書くもの:\n"},
                                                                                             {"\nOptions:\n", "\nオプション:\n"},
                                                                                             {"\nSubcommands:\n", "\nコマンド:\n"}}};
    auto text = CLI::Formatter::make_help(app, std::move(name), mode);
    for (const auto& [english, japanese] : kWords)
      if (const auto at = text.find(english); at != std::string::npos) text.replace(at, english.size(), japanese);
    return text;
  }
};

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
  const auto japanese = session.ja() ? std::make_shared<JapaneseHelp>() : nullptr;
  const auto word_help = [&](CLI::App& command) {
    if (japanese) command.formatter(japanese);
    command.set_help_flag("-h,--help", session.say("使い方を表示します", "print this help"));
  };
  word_help(*app);
  for (auto* command : app->get_subcommands({})) word_help(*command);
  return app;
}

int run_command_line(int argc, char** argv) {
  platform::forbid_core_dumps();  // the device's key, and what a scan reads before it is reduced
  Session session{language_for(argc, argv)};
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
