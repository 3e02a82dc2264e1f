/// \file
/// Reducers that keep some lines of a configuration and drop all others.
#pragma once

#include <string>
#include <string_view>

namespace gokajo::platform::reducers {

/// The lines of `text`, blanks at both ends off, of which `keeps` is true.
template <class Keeps>
std::string kept_lines(std::string_view text, Keeps keeps) {
  std::string out;
  while (!text.empty()) {
    const auto end = text.find('\n') == std::string_view::npos ? text.size() : text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == text.size() ? end : end + 1);
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
    if (keeps(line)) out.append(line).append("\n");
  }
  return out;
}

/// ASCII letters in lower case.
inline std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace gokajo::platform::reducers
