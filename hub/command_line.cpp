#include "hub/command_line.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "hub/commands/command.h"
#include "platform/bytes.h"
#include "platform/service.h"

namespace gokajo::hub {

#define GOKAJO_HUB_COMMAND(name) void add_##name##_command(CLI::App& app, Session& session);
#include "hub/commands/commands.inc"
#undef GOKAJO_HUB_COMMAND

namespace {

// As agent/language.h: Japanese for Japanese, for none and for C; English for any other. Help is written before any option is read.
compliance::Language language_for(int argc, char** argv) {
  std::string_view name;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(variable); name.empty() && value) name = value;
  name = name.substr(0, name.find_first_of("_.@"));
  bool english = !name.empty() && name != "C" && name != "POSIX" && name != "ja";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto said = word.starts_with("--lang=") ? word.substr(7) : word == "--lang" && i + 1 < argc ? std::string_view(argv[i + 1]) : "";
    if (said == "ja" || said == "en") english = said == "en";
  }
  return english ? compliance::Language::en : compliance::Language::ja;
}

// CLI11's own words of a help page, in Japanese.
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

void word_help(CLI::App& command, const Session& session, const std::shared_ptr<JapaneseHelp>& japanese) {
  if (japanese) command.formatter(japanese);
  command.set_help_flag("-h,--help", session.say("使い方を表示します", "print this help"));
  for (auto* sub : command.get_subcommands({})) word_help(*sub, session, japanese);
}

}  // namespace

std::unique_ptr<CLI::App> command_tree(Session& session) {
  auto app = std::make_unique<CLI::App>(session.say("会社のPCの自己点検を集めるプログラム", "Collects the self-checks of a company's PCs"),
                                        "gokajo-hub");
  app->require_subcommand(1);
#define GOKAJO_HUB_COMMAND(name) add_##name##_command(*app, session);
#include "hub/commands/commands.inc"
#undef GOKAJO_HUB_COMMAND
  word_help(*app, session, session.ja() ? std::make_shared<JapaneseHelp>() : nullptr);
  return app;
}

int run_command_line(int argc, char** argv) {
  platform::forbid_core_dumps();  // keys of TLS, passwords of mail, codes
  Session session{language_for(argc, argv)};
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
