#include "platform/command_line.h"

#include <vector>

#include <doctest/doctest.h>

#include "platform/places.h"

namespace gokajo::tests {

using namespace platform;

TEST_CASE("a person is spoken to in Japanese unless the locale names another language") {
  CHECK(language_of_locale("") == "ja");
  CHECK(language_of_locale("ja_JP.UTF-8") == "ja");
  CHECK(language_of_locale("ja-JP") == "ja");
  CHECK(language_of_locale("C.UTF-8") == "ja");
  CHECK(language_of_locale("POSIX") == "ja");
  CHECK(language_of_locale("en_US.UTF-8") == "en");
  CHECK(language_of_locale("en-US") == "en");
  CHECK(language_of_locale("ja_JP.eucJP") == "ja");
  CHECK(language_of_locale("en_GB@euro") == "en");
}

TEST_CASE("what --lang names goes before the locale, and the last one counts") {
  const auto locale = language_of_locale(user_locale());
  const auto spoken = [](std::vector<const char*> words) {
    words.insert(words.begin(), "gokajo");
    return language_of_words(static_cast<int>(words.size()), words.data());
  };
  CHECK(spoken({}) == locale);
  CHECK(spoken({"scan", "--lang=ja"}) == "ja");
  CHECK(spoken({"scan", "--lang", "en"}) == "en");
  CHECK(spoken({"--lang=en", "scan", "--lang", "ja"}) == "ja");
  CHECK(spoken({"--lang=en", "--lang=fr"}) == "en");
  CHECK(spoken({"scan", "--lang"}) == locale);
  CHECK(spoken({"--lang=fr"}) == locale);
}

TEST_CASE("help is in one language, in commands below commands too") {
  const auto help = [](bool japanese) {
    CLI::App app("what it does", "gokajo");
    auto* under = app.add_subcommand("device", "about PCs")->add_subcommand("list", "all of them");
    under->add_option("PC");
    word_help(app, japanese);
    return app.help() + under->help();
  };
  CHECK(help(true).find("Usage") == std::string::npos);
  CHECK(help(true).find("使い方を表示します") != std::string::npos);
  CHECK(help(true).find("続けて書くもの") != std::string::npos);
  CHECK(help(false).find("使い方") == std::string::npos);
  CHECK(help(false).find("Positionals:") != std::string::npos);
}

}  // namespace gokajo::tests
