#include "agent/language.h"

#include <cstdlib>

namespace gokajo::agent {

using compliance::Language;

Language language_of_locale(const char* lc_all, const char* lc_messages, const char* lang) {
  std::string_view name;
  for (const char* candidate : {lc_all, lc_messages, lang})
    if (name.empty() && candidate) name = candidate;
  const auto language = name.substr(0, name.find_first_of("_.@"));
  return language.empty() || language == "C" || language == "POSIX" || language == "ja" ? Language::ja : Language::en;
}

Language language_of_environment() { return language_of_locale(std::getenv("LC_ALL"), std::getenv("LC_MESSAGES"), std::getenv("LANG")); }

std::optional<Language> language_named(std::string_view name) {
  if (name == "ja") return Language::ja;
  if (name == "en") return Language::en;
  return std::nullopt;
}

}  // namespace gokajo::agent
