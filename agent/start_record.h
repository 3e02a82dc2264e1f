/// \file
/// What the service found of its folder when it last started, kept for `gokajo doctor`: start.json.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "platform/state_directory.h"
#include "platform/time.h"

namespace gokajo::agent {

/// `at`: when. `folder`: where what stood in the state folder's place is now. `why`: what it was, in English.
struct SetAside {
  platform::Time at{};
  std::string folder;
  std::string why;
};
BOOST_DESCRIBE_STRUCT(SetAside, (), (at, folder, why))

/// `mended`: what of the access list the last start put right, or could not (`stays_loose`). The newest of `set_aside` last; at most 16.
struct StartRecord {
  std::string format;
  std::vector<SetAside> set_aside;
  std::string mended;
  bool stays_loose = false;
  bool acl_unverifiable = false;
};
BOOST_DESCRIBE_STRUCT(StartRecord, (), (format, set_aside, mended, stays_loose, acl_unverifiable))

/// `before`, with what a start found.
StartRecord after_start(StartRecord before, const platform::TakenDirectory& taken, platform::Time now);

std::string write_start_record(const StartRecord& record);
/// An empty record for what is none.
StartRecord read_start_record(std::string_view text);

/// Takes the service's folder into possession (platform/state_directory.h), tells `log` and the Event Log what was done, and keeps it.
/// Errors as there.
platform::Status take_state(const std::string& directory, platform::Time now, const std::function<void(const std::string&)>& log);

/// Of the folder; empty where there is none.
StartRecord start_record(const std::string& directory);

}  // namespace gokajo::agent
