#include "collectors/parse/pacman.h"

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {

std::optional<std::vector<PacmanUpgrade>> pacman_upgrades(std::string_view text) {
  std::vector<PacmanUpgrade> found;
  for (const auto line : lines(text)) {
    const auto word = words(line);
    const bool ignored = word.size() == 5 && word[4] == "[ignored]";
    if ((word.size() != 4 && !ignored) || word[2] != "->") return std::nullopt;
    found.push_back({word[0], word[1], word[3], ignored});
  }
  return found;
}

std::optional<std::vector<PacmanPackage>> pacman_packages(std::string_view text) {
  std::vector<PacmanPackage> found;
  for (const auto line : lines(text)) {
    if (line.starts_with("::")) continue;  // ":: Starting full system upgrade..."
    const auto word = words(line);
    if (word.size() != 2) return std::nullopt;
    found.push_back({word[0], word[1]});
  }
  return found;
}

std::optional<platform::Time> pacman_install_date(std::string_view desc) {
  bool next = false;
  for (const auto line : lines(desc)) {
    if (next) {
      const auto seconds = number(trimmed(line));
      return seconds && *seconds > 0 ? platform::time_from_unix(*seconds) : std::nullopt;
    }
    next = trimmed(line) == "%INSTALLDATE%";
  }
  return std::nullopt;
}

}  // namespace gokajo::collectors::parse
