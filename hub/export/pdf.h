/// \file
/// The 「5か条 自己点検結果」 as a PDF: one page that sums up, then the list of PCs, on A4 with page numbers; by Pango and Cairo, which
/// embed the font. Optional at build (the Windows hub comes without): then pdf_absent.cpp says that there is none.
#pragma once

#include <string>

#include "hub/export/self_check.h"

namespace gokajo::hub {

/// Whether this program was built with it.
bool can_write_pdf();

/// Error{unsupported}; failed: what Cairo says.
platform::Result<std::string> pdf_of(const SelfCheck& check);

}  // namespace gokajo::hub
