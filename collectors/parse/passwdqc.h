/// \file
/// passwdqc's settings, passwdqc.conf(5) of passwdqc 2.0.2.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gokajo::collectors::parse {

struct PasswdqcSettings {
  /// N0..N4: one kind of characters, two, a phrase, three, four. Empty: not taken at all ("disabled").
  std::array<std::optional<std::int64_t>, 5> least = {std::nullopt, 24, 11, 8, 7};
  bool enforced = true;  ///< for people; enforce=none warns only
  std::string min_from = "built-in";
  std::optional<std::string> config;  ///< a file still to be read in this place
};

/// One option of a line or file. False: passwdqc refuses it, and nobody can change a password.
bool set_passwdqc(PasswdqcSettings& settings, std::string_view option, const std::string& from);

/// One file of options, one a line, over what is set already.
bool parse_passwdqc(std::string_view text, const std::string& path, PasswdqcSettings& settings);

/// Characters of the shortest password that can be taken; nullopt: none can.
std::optional<std::int64_t> shortest_taken(const PasswdqcSettings& settings);

/// Kinds of characters that every password, phrases aside, must have.
std::int64_t kinds_demanded(const PasswdqcSettings& settings);

}  // namespace gokajo::collectors::parse
