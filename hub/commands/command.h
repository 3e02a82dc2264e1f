/// \file
/// A command of `gokajo-hub`: one file in hub/commands/, one line in commands.inc.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "compliance/text.h"
#include "hub/state.h"
#include "platform/exit_codes.h"

namespace gokajo::hub {

using platform::kCannotCreate, platform::kConfig, platform::kDataError, platform::kInternal, platform::kNoInput, platform::kNoPermission,
    platform::kTryLater, platform::kUnavailable, platform::kUsage;

/// One run of the program. `state`: --state.
struct Session {
  compliance::Language language = compliance::Language::ja;
  std::string state;
  Time now{};
  int exit_code = kInternal;

  bool ja() const { return language == compliance::Language::ja; }
  const char* say(const char* in_japanese, const char* in_english) const { return ja() ? in_japanese : in_english; }
};

/// Adds --lang and --state.
void add_common_options(CLI::App& command, Session& session);

/// One line on standard error. Returns the exit code that goes with the error.
int complain(const Session& session, const platform::Error& error);
/// The same for what a person got wrong.
int misuse(const Session& session, const std::string& sentence);

/// Opens the state and runs `work` in one transaction, which is committed when it says 0. What goes wrong is told.
int change(const Session& session, const std::function<platform::Result<int>(HubState&)>& work);
/// As change(), and what `work` erased is then overwritten in the store's files (hub/erasing.h).
int change_and_overwrite(const Session& session, const std::function<platform::Result<int>(HubState&)>& work);

/// The sentence to standard output, safe for a terminal.
void print(const std::string& line);

}  // namespace gokajo::hub
