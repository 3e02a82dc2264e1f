/// \file
/// The 情報セキュリティ基本方針 as a PDF on A4, with page numbers where it takes more than one. Optional at build, as hub/export/pdf.h.
#pragma once

#include <string>

#include "hub/declaring/basic_policy.h"
#include "platform/result.h"

namespace gokajo::hub {

/// Error{unsupported}: can_write_pdf() is false; failed: what Cairo says.
platform::Result<std::string> policy_pdf(const PolicyPaper& paper);

}  // namespace gokajo::hub
