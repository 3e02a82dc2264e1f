/// \file
/// How text is laid out in columns: widths of characters and where a line may break.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gokajo::compliance {

/// Columns a terminal needs for `text`: full-width characters two, and two also for characters whose width is ambiguous (UAX #11), as
/// Japanese terminals show them; combining marks none.
int columns_of(std::string_view text);

/// `text` broken into lines of at most `columns` (at least 4), breaking where UAX #14 allows, which keeps 、。」 and small kana from the
/// head of a line and 「（ from its end. A break at the end of a phrase is preferred while it costs at most a quarter of the line; a word
/// longer than a line is cut. `first` is how many columns of the first line are already taken. A newline in `text` ends a line.
std::vector<std::string> wrapped(std::string_view text, int columns, int first = 0);

/// `text` filled up to `columns`: with full-width spaces and, where one column remains, a plain one; ASCII text with plain ones.
std::string padded(std::string_view text, int columns);

}  // namespace gokajo::compliance
