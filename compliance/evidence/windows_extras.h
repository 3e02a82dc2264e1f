/// \file
/// Facts of the extras that only Windows has: what asks before something is raised or run, and how the PC starts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// User Account Control as its values say; absent: not set, so Windows' default holds. `enabled`: EnableLUA. `administrators`:
/// ConsentPromptBehaviorAdmin, 0 raises them without a question.
struct WindowsUac {
  std::optional<std::int64_t> enabled;
  std::optional<std::int64_t> administrators;
};
BOOST_DESCRIBE_STRUCT(WindowsUac, (), (enabled, administrators))

/// SmartScreen for files and programs. `policy`: EnableSmartScreen. `local`: SmartScreenEnabled is another word than "Off". Absent: not
/// set.
struct WindowsSmartScreen {
  std::optional<bool> policy;
  std::optional<bool> local;
};
BOOST_DESCRIBE_STRUCT(WindowsSmartScreen, (), (policy, local))

/// AutoRun by policy of this PC; absent: not set. `drive_types`: NoDriveTypeAutoRun, a bit for each kind of drive it is off for. `none`:
/// NoAutorun.
struct WindowsAutorun {
  std::optional<std::int64_t> drive_types;
  std::optional<bool> none;
};
BOOST_DESCRIBE_STRUCT(WindowsAutorun, (), (drive_types, none))

/// Of each person who has signed in here, by SID: programs of Office 2016 or newer that run every macro without asking. not_found: the
/// person is not signed in, so the settings are not loaded.
using WindowsMacros = std::map<std::string, Fact<std::vector<std::string>>>;

/// How far the Secure Boot certificates of 2023 are (UEFICA2023Status "NotStarted", "InProgress", "Updated"); `error` is UEFICA2023Error, 0
/// for none.
struct WindowsBootCertificates {
  std::string status;
  std::int64_t error = 0;
};
BOOST_DESCRIBE_STRUCT(WindowsBootCertificates, (), (status, error))

}  // namespace gokajo::compliance
