/// \file
/// What pacman prints.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/time.h"

namespace gokajo::collectors::parse {

/// `pacman -Qu`: "name old -> new", with " [ignored]" behind it for IgnorePkg and IgnoreGroup. nullopt when a line has another form.
struct PacmanUpgrade {
  std::string name;
  std::string installed;
  std::string offered;
  bool ignored = false;
};
std::optional<std::vector<PacmanUpgrade>> pacman_upgrades(std::string_view text);

/// `pacman -Q` and `pacman -Sup --print-format "%n %v"`: "name version". nullopt when a line has another form.
struct PacmanPackage {
  std::string name;
  std::string version;
};
std::optional<std::vector<PacmanPackage>> pacman_packages(std::string_view text);

/// %INSTALLDATE% of an installed package's desc: when this version was put on. nullopt without one.
std::optional<platform::Time> pacman_install_date(std::string_view desc);

}  // namespace gokajo::collectors::parse
