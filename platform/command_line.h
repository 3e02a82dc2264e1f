/// \file
/// What the command lines of both programs share: the language they speak before any option is read, and their help in it.
#pragma once

#include <string_view>

#include <CLI/App.hpp>

namespace gokajo::platform {

/// "ja" or "en", from a locale's name ("ja_JP.UTF-8", "en-US"). A name of Japanese, no name, "C" and "POSIX" (with or without a charset)
/// say nothing: Japanese. Any other language: English.
std::string_view language_of_locale(std::string_view name);

/// "ja" or "en", as the last --lang among the words says that names one, else as the locale of this process's environment says.
std::string_view language_of_words(int argc, const char* const* argv);

/// The help of this command and of all below it: CLI11's own words in Japanese, or as they are.
void word_help(CLI::App& command, bool in_japanese);

}  // namespace gokajo::platform
