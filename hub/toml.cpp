#include "hub/toml.h"

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

}  // namespace

void toml_gave_up() { throw std::logic_error("no table and no key"); }

platform::Result<toml::table> toml_tree(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& problem) {
    return Error{ErrorKind::malformed, "line " + std::to_string(problem.source().begin.line) + ": " + std::string(problem.description())};
  } catch (const std::logic_error& problem) {
    return Error{ErrorKind::malformed, "line " + std::to_string(line_of_it(text)) + ": " + problem.what()};
  }
}

}  // namespace gokajo::hub
