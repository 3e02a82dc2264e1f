#include "hub/export/csv.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using hub::TableRow;

namespace {

std::string line_of(const TableRow& row) {
  std::string text;
  hub::append_csv_row(text, row);
  return text;
}

}  // namespace

TEST_CASE("a row of CSV is quoted as RFC 4180 has it") {
  CHECK(line_of({"PC-03 経理", "適合", ""}) == "PC-03 経理,適合,\r\n");
  CHECK(line_of({"a,b", "say \"x\"", "two\nlines", "two\r\nlines"}) == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"two\r\nlines\"\r\n");
  CHECK(line_of({}) == "\r\n");
}

TEST_CASE("no cell of CSV is taken for a formula") {
  for (const char* start : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    const auto formula = start + std::string("HYPERLINK(1)");
    CHECK(line_of({formula}) == "'" + formula + "\r\n");
  }
  CHECK(line_of({"\tx"}) == "'\tx\r\n");
  CHECK(line_of({"\rx"}) == "\"'\rx\"\r\n");
  CHECK(line_of({"=1,2"}) == "\"'=1,2\"\r\n");
  // Inside a cell they say nothing.
  CHECK(line_of({"PC-03", "a=b"}) == "PC-03,a=b\r\n");
}

}  // namespace gokajo::tests
