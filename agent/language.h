/// \file
/// In which language a person is spoken to.
#pragma once

#include <optional>
#include <string_view>

#include "compliance/text.h"

namespace gokajo::agent {

/// From the locale's name in the order of setlocale(3): LC_ALL, LC_MESSAGES, LANG, the first that is set and not empty. A name of Japanese,
/// no name, "C" and "POSIX" (with or without a charset) say nothing: Japanese. Any other language: English.
compliance::Language language_of_locale(const char* lc_all, const char* lc_messages, const char* lang);

/// The same from this process's environment.
compliance::Language language_of_environment();

std::optional<compliance::Language> language_named(std::string_view name);

}  // namespace gokajo::agent
