#include "hub/toml.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace gokajo::hub {

using platform::Error, platform::ErrorKind;

namespace {

// toml++ does not say where: the first lines with which it gives up end there.
std::size_t line_of_it(std::string_view text) {
  std::size_t line = 1;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1), ++line) {
    try {
      (void)toml::parse(text.substr(0, end + 1));
    } catch (const toml::parse_error&) {
      continue;
    } catch (const std::logic_error&) {
      return line;
    }
  }
  return line;
}

// The line in which a letter that is not ASCII stands outside of quotes and comments. TOML 1.0 has none there, but a full-width blank or
// quote is soon typed in Japan, and toml++ 3.3 runs into undefined behaviour at some of them (found by fuzzing).
std::optional<std::size_t> line_of_foreign_letter(std::string_view text) {
  std::size_t line = 1;
  std::string_view quote;  // what ends the string this place is in
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++line;
      if (quote.size() == 1) quote = {};  // broken: toml++ ends there
    } else if (!quote.empty()) {
      if (text[i] == '\\' && quote.front() == '"')
        ++i;
      else if (text.substr(i).starts_with(quote)) {
        i += quote.size() - 1;
        quote = {};
      }
    } else if (text[i] == '#') {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (text[i] == '"' || text[i] == '\'') {
      const auto three = text.substr(i, 3);
      quote = three == "\"\"\"" || three == "\'\'\'" ? three : text.substr(i, 1);
      i += quote.size() - 1;
    } else if (static_cast<unsigned char>(text[i]) >= 0x80) {
      return line;
    }
  }
  return std::nullopt;
}

}  // namespace

void toml_gave_up() { throw std::logic_error("no table and no key"); }

platform::Result<toml::table> toml_tree(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (const auto line = line_of_foreign_letter(text))
    return Error{ErrorKind::malformed, "line " + std::to_string(*line) + ": a full-width or other foreign character outside of quotes"};
  // Any error is found in a copy of ASCII letters: with others toml++ may not survive telling it.
  std::string plain(text);
  std::replace_if(plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '_');
  try {
    (void)toml::parse(plain);
    return toml::parse(text);
  } catch (const toml::parse_error& problem) {
    return Error{ErrorKind::malformed, "line " + std::to_string(problem.source().begin.line) + ": " + std::string(problem.description())};
  } catch (const std::logic_error& problem) {
    return Error{ErrorKind::malformed, "line " + std::to_string(line_of_it(plain)) + ": " + problem.what()};
  }
}

}  // namespace gokajo::hub
