/// \file
/// A table on its way out of the hub, row by row; what is written with it says how. A cell is text, and stays text in whatever opens it; a
/// count or a day of ours also says its value, so that a workbook sorts and adds it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "platform/result.h"

namespace gokajo::hub {

struct Cell {
  Cell() = default;
  Cell(std::string words) : text(std::move(words)) {}
  Cell(std::string_view words) : text(words) {}
  Cell(const char* words) : text(words) {}
  /// `text`: as it reads on paper and in CSV.
  Cell(std::string words, std::int64_t count) : text(std::move(words)), value(count) {}
  Cell(std::string words, std::chrono::sys_days day) : text(std::move(words)), value(day) {}

  operator const std::string&() const { return text; }
  bool empty() const { return text.empty(); }

  std::string text;
  std::variant<std::monostate, std::int64_t, std::chrono::sys_days> value;
};

inline Cell count_cell(std::int64_t count) { return {std::to_string(count), count}; }

using TableRow = std::vector<Cell>;

/// Takes the rows of a table in their order, the headings first. An Error ends the table.
using RowSink = std::function<platform::Status(const TableRow&)>;

}  // namespace gokajo::hub
