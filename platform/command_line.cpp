#include "platform/command_line.h"

#include <array>
#include <memory>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "platform/places.h"

namespace gokajo::platform {
namespace {

// CLI11 has labels for some of its words only, so they are changed in what it wrote.
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

void word(CLI::App& command, const std::shared_ptr<JapaneseHelp>& japanese) {
  if (japanese) command.formatter(japanese);
  command.set_help_flag("-h,--help", japanese ? "使い方を表示します" : "print this help");
  for (auto* sub : command.get_subcommands({})) word(*sub, japanese);
}

}  // namespace

std::string_view language_of_locale(std::string_view name) {
  const auto language = name.substr(0, name.find_first_of("_-.@"));
  return language.empty() || language == "C" || language == "POSIX" || language == "ja" ? "ja" : "en";
}

std::string_view language_of_words(int argc, const char* const* argv) {
  auto language = language_of_locale(user_locale());
  for (int i = 1; i < argc; ++i) {
    const std::string_view said = argv[i];
    const auto named = said.starts_with("--lang=") ? said.substr(7) : said == "--lang" && i + 1 < argc ? std::string_view(argv[i + 1]) : "";
    if (named == "ja" || named == "en") language = named;
  }
  return language;
}

void word_help(CLI::App& command, bool in_japanese) { word(command, in_japanese ? std::make_shared<JapaneseHelp>() : nullptr); }

}  // namespace gokajo::platform
