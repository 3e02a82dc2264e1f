/// \file
/// A report as one page, fit to read on a phone and to print on A4: no script, nothing loaded from elsewhere.
#pragma once

#include <string>

#include "agent/report.h"

namespace gokajo::agent {

/// A whole HTML document in UTF-8; everything that is not the template's own is escaped and free of control characters.
std::string render_html(const Report& report);

}  // namespace gokajo::agent
