/// \file
/// A report for a terminal or a mail: the form of tests/agent/golden/scan-ja.txt.
#pragma once

#include <string>

#include "agent/report.h"

namespace gokajo::agent {

/// `columns`: at most this many, never more than 80; a terminal of less than 40 gets 40. `colour`: ANSI colours of the verdicts' words,
/// which stand there in any case.
struct TextForm {
  int columns = 80;
  bool colour = false;
};

/// Ends with a newline. Nothing of the PC's own texts can control the terminal: they are printable_utf8() before.
std::string render_text(const Report& report, const TextForm& form);

}  // namespace gokajo::agent
