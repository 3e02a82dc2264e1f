/// \file
/// Excel workbooks, by libxlsxwriter. Optional at build (the Windows hub comes without): then xlsx_absent.cpp says that there are none.
#pragma once

#include <string>

#include "compliance/text.h"
#include "hub/export/table.h"

namespace gokajo::hub {

/// Whether this program was built with it.
bool can_write_xlsx();

/// A workbook with one sheet of that name (at most 31 characters). Cells are text, counts or days, never formulas; `language` says how a
/// day is written. Rows go to a private file while they come, so that memory does not grow with them but for the bytes that are answered.
/// Error{unsupported}; failed: the disk; the table's.
platform::Result<std::string> xlsx_of(const std::string& sheet, compliance::Language language,
                                      const std::function<platform::Status(const RowSink&)>& table);

}  // namespace gokajo::hub
