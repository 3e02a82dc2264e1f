/// \file
/// The cover of an evidence pack as a PDF on A4, one language after the other, with page numbers. Optional at build, as hub/export/pdf.h.
#pragma once

#include <string>
#include <vector>

#include "hub/evidence/cover.h"

namespace gokajo::hub {

/// Error{unsupported}: can_write_pdf() is false; failed: what Cairo says.
platform::Result<std::string> cover_pdf(const std::vector<Cover>& covers);

}  // namespace gokajo::hub
