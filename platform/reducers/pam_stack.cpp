/// \file
/// A PAM service file, pam.d(5), reduced to what decides: comments go, and so do the arguments of every module but those listed here, for
/// some modules take a database's password as an argument (pam_mysql passwd=). Lines keep their numbers: a continued line stands at its
/// first, what it swallowed is empty.
#include <algorithm>
#include <array>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

// Modules whose documented arguments hold no secret (Linux-PAM 1.5.2 man pages, libpwquality 1.4.5, passwdqc 2.0.2).
constexpr std::array<std::string_view, 17> kArgumentsKept = {
    "pam_unix.so",   "pam_pwquality.so",  "pam_cracklib.so", "pam_passwdqc.so", "pam_pwhistory.so",   "pam_faillock.so",
    "pam_tally2.so", "pam_succeed_if.so", "pam_deny.so",     "pam_permit.so",   "pam_localuser.so",   "pam_rootok.so",
    "pam_sss.so",    "pam_wheel.so",      "pam_nologin.so",  "pam_listfile.so", "pam_systemd_home.so"};

constexpr std::string_view kBlanks = " \t";

/// The next word, "[a b]" counting as one with its brackets; empty at the end.
std::string_view next_word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  if (rest.empty()) return {};
  std::size_t end = 0;
  if (rest[0] == '[') {
    end = 1;
    while (end < rest.size() && rest[end] != ']') end += rest[end] == '\\' && end + 1 < rest.size() ? 2 : 1;
    end = std::min(end + 1, rest.size());
  } else {
    end = std::min(rest.find_first_of(kBlanks), rest.size());
  }
  const auto word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

void add(std::string& line, std::string_view word) {
  if (!line.empty()) line += ' ';
  line += word;
}

std::string reduced_line(std::string_view rest) {
  std::string line;
  const auto type = next_word(rest);
  add(line, type);
  if (type.starts_with('@')) {  // @include FILE
    add(line, next_word(rest));
    return line;
  }
  add(line, next_word(rest));
  const auto module = next_word(rest);
  if (module.empty()) return line;
  add(line, module);
  const auto name = module.substr(module.rfind('/') + 1);
  if (std::find(kArgumentsKept.begin(), kArgumentsKept.end(), name) == kArgumentsKept.end()) return line;
  for (auto word = next_word(rest); !word.empty(); word = next_word(rest)) add(line, word);
  return line;
}

}  // namespace

Result<std::string> pam_stack(std::string_view bytes) {
  std::string out, logical;
  std::size_t swallowed = 0;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = line.substr(0, line.find('#'));
    const bool continued = line.ends_with('\\') && !bytes.empty();
    if (continued) line.remove_suffix(1);
    logical += line;
    if (continued) {
      logical += ' ';
      ++swallowed;
      continue;
    }
    out += reduced_line(logical) + '\n' + std::string(swallowed, '\n');
    logical.clear();
    swallowed = 0;
  }
  return out;
}

}  // namespace gokajo::platform::reducers
