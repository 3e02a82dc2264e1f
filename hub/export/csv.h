/// \file
/// Comma-separated values (RFC 4180) as Excel in Japan opens them: UTF-8 with its mark, lines that end with CR LF.
#pragma once

#include <string>
#include <string_view>

#include "hub/export/table.h"

namespace gokajo::hub {

/// EF BB BF: without it Excel reads the bytes as Shift_JIS.
inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";

/// Adds a row. A cell that a spreadsheet would take for a formula, or a mark that makes one (= + - @ tab CR at its beginning, full-width
/// ones too), gets an apostrophe before it; one with a comma, a quotation mark or the end of a line stands in quotation marks.
void append_csv_row(std::string& text, const TableRow& row);

}  // namespace gokajo::hub
