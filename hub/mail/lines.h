/// \file
/// Lines of a mail's text. A phone shows about twenty full-width characters, and a sentence there is read phrase by phrase: the wording
/// marks with "|" where a line may end, and lines are filled up to the last mark that fits.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::hub {

inline constexpr int kLineColumns = 40;     ///< twenty full-width characters
inline constexpr int kSubjectColumns = 56;  ///< twenty-eight

/// `text` cut to `columns`, the last character then being "…".
std::string clipped(std::string_view text, int columns);

/// `sentence` with every "{name}" replaced by its value. Values come from outside: control characters become blanks, "|" a full-width one,
/// so that they can begin no line of their own and break none. A placeholder without a value stays visible, which a test forbids.
std::string filled(std::string_view sentence, const std::map<std::string, std::string>& values);

/// A filled sentence in lines. A newline ends a line for certain. A phrase longer than a line is broken between characters. Every line
/// begins with `indent`.
std::vector<std::string> in_lines(std::string_view sentence, std::string_view indent = "");

}  // namespace gokajo::hub
