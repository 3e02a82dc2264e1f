/// \file
/// A file for whoever helps: shown whole, and written only when the person agrees.
#pragma once

#include <string>

#include "agent/commands/command.h"

namespace gokajo::agent {

/// Prints `text`, says that it is all that goes into `file` and that nothing is sent, and writes it when `yes` or when the person at the
/// terminal says so. Returns the exit code; kUsage where nobody can be asked.
int offer_file(const Session& session, const std::string& text, const std::string& file, bool yes);

}  // namespace gokajo::agent
