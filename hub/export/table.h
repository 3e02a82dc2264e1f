/// \file
/// A table on its way out of the hub, row by row; what is written with it says how. A cell is text, and stays text in whatever opens it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "platform/result.h"

namespace gokajo::hub {

using TableRow = std::vector<std::string>;

/// Takes the rows of a table in their order, the headings first. An Error ends the table.
using RowSink = std::function<platform::Status(const TableRow&)>;

}  // namespace gokajo::hub
