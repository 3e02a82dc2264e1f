#include "compliance/layout.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

namespace gokajo::tests {

using compliance::columns_of, compliance::padded, compliance::wrapped;

namespace {

struct Row {
  int columns = 0;
  std::string paragraph;
  std::vector<std::string> lines;
};

std::vector<Row> golden_rows() {
  std::ifstream file(GOKAJO_SOURCE_DIR "/tests/compliance/layout.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("= "))
      rows.push_back({std::stoi(line.substr(2)), {}, {}});
    else if (line.starts_with(">"))
      rows.back().lines.push_back(line.substr(1));
    else
      rows.back().paragraph = line;
  }
  return rows;
}

}  // namespace

TEST_CASE("paragraphs break as Japanese typesetting and UAX #14 ask") {
  const auto rows = golden_rows();
  REQUIRE(rows.size() >= 10);
  for (const auto& row : rows) {
    CAPTURE(row.columns);
    CAPTURE(row.paragraph);
    CHECK(wrapped(row.paragraph, row.columns) == row.lines);
  }
}

TEST_CASE("no line is wider than asked, none begins with a closing mark, and nothing is lost") {
  const std::string text =
      "「見積」フォルダーを、社内のネットにつながる人は（来客も）パスワードなしで書き換えられます。linux-image-6.1.0-40-amd64、openssh-"
      "server。";
  for (int columns = 8; columns <= 80; ++columns) {
    CAPTURE(columns);
    std::string all;
    for (const auto& line : wrapped(text, columns)) {
      CHECK(columns_of(line) <= columns);
      for (const char* mark : {"、", "。", "」", "）", "ー", "ッ"}) CHECK_FALSE(line.starts_with(mark));
      for (const char* mark : {"「", "（"}) CHECK_FALSE(line.ends_with(mark));
      all += line;
    }
    CHECK(all == text);
  }
}

TEST_CASE("what already stands on the first line takes its room") {
  CHECK(wrapped("いろはに", 10, 6) == std::vector<std::string>{"いろ", "はに"});
  CHECK(wrapped("いろはに", 10, 9) == std::vector<std::string>{"", "いろはに"});
}

TEST_CASE("widths: full-width two, ambiguous two, combining none, and control characters cannot pass") {
  CHECK(columns_of("abc") == 3);
  CHECK(columns_of("共有") == 4);
  CHECK(columns_of("①→") == 4);
  CHECK(columns_of("か\u3099") == 2);
  CHECK(wrapped("a\x1b[31mb", 40) == std::vector<std::string>{"a [31mb"});
}

TEST_CASE("names are filled up with full-width spaces") {
  CHECK(padded("更新", 12) == "更新　　　　");
  CHECK(padded("A更", 6) == "A更　 ");
  CHECK(padded("Updates", 9) == "Updates  ");
}

}  // namespace gokajo::tests
