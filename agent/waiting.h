/// \file
/// A wait that outlives restarts. Within one start of the PC only the clock that nobody can set counts; across starts the settable one
/// does, and a wait is never longer than it was set for after any start of the program, whatever the clock says.
#pragma once

#include <boost/describe.hpp>

#include "platform/clock.h"
#include "platform/json_form.h"

namespace gokajo::agent {

/// A platform::Moment as it stands in a file.
struct SavedMoment {
  platform::Time wall{};
  std::int64_t since_start_ms = 0;
  std::string start;
};
BOOST_DESCRIBE_STRUCT(SavedMoment, (), (wall, since_start_ms, start))

SavedMoment saved(const platform::Moment& moment);

/// How long ago it was; never negative.
std::chrono::milliseconds elapsed(const SavedMoment& then, const platform::Moment& now);

/// The same moment told in this start's clock, so that from now on nobody's setting of the clock moves it.
SavedMoment anchored(const SavedMoment& then, const platform::Moment& now);

}  // namespace gokajo::agent
