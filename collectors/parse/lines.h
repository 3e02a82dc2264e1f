/// \file
/// Text as lines, words and fields: what every parser of a tool's output starts with. Views point into the given text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::collectors::parse {

/// Without the line ends ("\n", "\r\n"); a last line without one counts.
std::vector<std::string_view> lines(std::string_view text);

/// Without blanks, tabs and carriage returns at both ends.
std::string_view trimmed(std::string_view text);

/// Parts between blanks, tabs and newlines, none empty.
std::vector<std::string> words(std::string_view text);

/// Parts between separators, empty ones kept: ("a::b", ':') is a, "", b.
std::vector<std::string_view> fields(std::string_view line, char separator);

/// A whole number, all of the text, without sign; nullopt otherwise or above 18 digits.
std::optional<std::int64_t> number(std::string_view text);

/// The value of one assignment as a shell would read it: bare words, '...' and "..." with \ before $ " \ `; nothing is expanded.
std::string shell_unquoted(std::string_view value);

/// ASCII letters in lower case, the rest as it is.
std::string lower(std::string_view text);

}  // namespace gokajo::collectors::parse
