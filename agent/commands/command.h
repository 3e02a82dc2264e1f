/// \file
/// A command of `gokajo`: one file in agent/commands/, one line in commands.inc.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "compliance/text.h"
#include "platform/exit_codes.h"
#include "platform/result.h"

namespace gokajo::agent {

// Beside the codes of `scan` (design.md section 5).
using platform::kCannotCreate, platform::kConfig, platform::kDataError, platform::kInternal, platform::kNoInput, platform::kNoPermission,
    platform::kTryLater, platform::kUnavailable, platform::kUsage;

/// One run of the program. A command sets `exit_code` from its callback. `language`: of the environment, then of --lang.
struct Session {
  compliance::Language language = compliance::Language::ja;
  int exit_code = kInternal;

  bool ja() const { return language == compliance::Language::ja; }
  const char* say(const char* in_japanese, const char* in_english) const { return ja() ? in_japanese : in_english; }
};

/// Adds --lang to a command; the callback of it changes the session's language before the command runs.
void add_language_option(CLI::App& command, Session& session);

/// One line on standard error: what could not be done with `file` (may be empty), then the place and what was expected. Returns `code`.
int complain(const Session& session, const std::string& file, const platform::Error& error, int code);

/// The exit code for a file that could not be read as what it should be: kNoInput, kNoPermission or kDataError.
int code_of_input(const platform::Error& error);

}  // namespace gokajo::agent
