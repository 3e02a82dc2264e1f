/// \file
/// One PAM service file, pam.d(5) of Linux-PAM 1.5.2, as the reducer pam_stack leaves it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::collectors::parse {

/// What a stack does with one return value of a module: `jump` is how many lines are skipped.
struct PamAction {
  enum class Kind { ignore, bad, die, ok, done, reset, jump };
  Kind kind = Kind::bad;
  std::int64_t jump = 0;
};

/// By return value ("success", "auth_err"), with "default" for the rest; a value that is neither is bad, pam.d(5).
struct PamControl {
  std::map<std::string, PamAction, std::less<>> actions;
  PamAction action(std::string_view returned) const;
};

/// A line. `kind` include and substack name a service in `module`; everything means @include (Debian): all types. must_fail: a line that
/// Linux-PAM cannot read and therefore fails on. `module` is without directory, arguments without brackets.
struct PamLine {
  enum class Kind { module, include, substack, everything, must_fail };
  Kind kind = Kind::module;
  std::string type;  ///< "auth", "account", "password", "session", in lower case; empty for @include
  PamControl control;
  std::string module;
  std::vector<std::string> arguments;
  std::int64_t line = 0;  ///< in the file, from 1
};

std::vector<PamLine> parse_pam(std::string_view text);

/// Whether the bare word stands among the arguments; the value of the last argument `name=value`.
bool pam_has(const PamLine& line, std::string_view word);
std::string pam_value(const PamLine& line, std::string_view name, std::string_view otherwise);

}  // namespace gokajo::collectors::parse
