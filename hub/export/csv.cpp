#include "hub/export/csv.h"

namespace gokajo::hub {

namespace {

// OWASP, "CSV Injection"; full-width ones are taken for the plain ones by a Japanese Excel.
constexpr std::string_view kFormulas[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

bool begins_formula(std::string_view cell) {
  for (const auto start : kFormulas)
    if (cell.starts_with(start)) return true;
  return false;
}

void append_cell(std::string& text, std::string_view cell) {
  const bool guarded = begins_formula(cell);
  const bool quoted = cell.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) text += '"';
  if (guarded) text += '\'';
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  if (quoted) text += '"';
}

}  // namespace

void append_csv_row(std::string& text, const TableRow& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) text += ',';
    append_cell(text, row[i].text);
  }
  text += "\r\n";
}

}  // namespace gokajo::hub
