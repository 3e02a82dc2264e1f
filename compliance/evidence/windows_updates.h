/// \file
/// Facts of the topic "updates" that only Windows has: settings that stop or replace its updates, marks of a restart that is due, and
/// traces of extended updates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// As the values say; absent where no key sets one. `no_automatic` (NoAutoUpdate), `options` (AUOptions), `managed` (AllowAutoUpdate of a
/// device management). `paused_until`: the latest end of a pause, which may be over. `hotpatches`: updates without a restart are allowed.
/// `server`: the update server of the company that is asked instead of Microsoft's, empty for none; never with credentials.
struct WindowsUpdateSettings {
  std::optional<std::int64_t> no_automatic;
  std::optional<std::int64_t> options;
  std::optional<std::int64_t> managed;
  std::optional<Time> paused_until;
  bool hotpatches = false;
  std::string server;
};
BOOST_DESCRIBE_STRUCT(WindowsUpdateSettings, (), (no_automatic, options, managed, paused_until, hotpatches, server))

/// Services without which nothing updates: `disabled` of them never start, `missing` are not there. One that is stopped starts on demand.
struct WindowsUpdateServices {
  std::vector<std::string> disabled;
  std::vector<std::string> missing;
};
BOOST_DESCRIBE_STRUCT(WindowsUpdateServices, (), (disabled, missing))

/// A registry key that is there only while a restart is due, and when it was last written.
struct RestartMark {
  std::string name;
  Time since{};
};
BOOST_DESCRIBE_STRUCT(RestartMark, (), (name, since))

/// Licences of Windows 10's extended security updates, by year of the programme: 1, 2, 3. A year that stands in neither list was not told.
struct ExtendedLicences {
  std::vector<std::int64_t> on;
  std::vector<std::int64_t> off;
};
BOOST_DESCRIBE_STRUCT(ExtendedLicences, (), (on, off))

/// What Windows 10 noted of the programme for homes and small offices: `status` of the PC (Win10ConsumerESUStatus), `people`
/// (ESUEligibility of those who sign in here, without names). `subscription`: Windows 365 brings the updates.
struct ExtendedEnrolment {
  std::optional<std::int64_t> status;
  std::vector<std::int64_t> people;
  bool subscription = false;
};
BOOST_DESCRIBE_STRUCT(ExtendedEnrolment, (), (status, people, subscription))

}  // namespace gokajo::compliance
