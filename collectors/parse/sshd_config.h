/// \file
/// sshd's configuration, sshd_config(5): the Include and Match lines of its files, and what `sshd -T -C` prints.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::collectors::parse {

/// Whom Match lines tell apart, in order of appearance. `understood` is false when a criterion cannot be turned into a visitor (host names,
/// local ports, an address pattern with no example).
struct SshMatches {
  std::vector<std::string> includes;  ///< patterns as written
  std::vector<std::string> users;
  std::vector<std::string> groups;
  std::vector<std::string> addresses;  ///< one example address for each pattern
  bool understood = true;
};
SshMatches parse_sshd_matches(std::string_view text);

/// An address that the pattern of a Match Address matches: "10.0.0.0/8" gives 10.0.0.1, "10.9.*" 10.9.0.1; nullopt when there is none to
/// give.
std::optional<std::string> example_address(std::string_view pattern);

/// "keyword value" lines; the first of a keyword counts. Empty when the text has none.
std::map<std::string, std::string, std::less<>> parse_sshd_effective(std::string_view text);

/// Whether a password alone signs in, by what sshd -T printed: PasswordAuthentication, or keyboard-interactive with PAM, unless
/// AuthenticationMethods asks for more.
bool accepts_password(const std::map<std::string, std::string, std::less<>>& effective);

}  // namespace gokajo::collectors::parse
