/// \file
/// Whether something to do can be done today or costs money: data with reasons, hub/data/lanes.json.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "platform/result.h"

namespace gokajo::hub {

enum class Lane { today, cost };
BOOST_DESCRIBE_ENUM(Lane, today, cost)

struct LaneDecision {
  Lane lane = Lane::today;
  compliance::Text reason;
};

/// By check and situation; "*" is every situation that is not named.
using Lanes = std::map<std::pair<std::string, std::string>, LaneDecision>;

/// Refused with the place of the fault.
platform::Result<Lanes> read_lanes(std::string_view text);
/// Compiled in.
const Lanes& built_in_lanes();

/// today, without a reason, where nothing is decided.
LaneDecision lane_of(const std::string& check, const std::string& situation, const Lanes& lanes = built_in_lanes());

}  // namespace gokajo::hub
