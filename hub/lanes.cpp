#include "hub/lanes.h"

#include <cassert>
#include <vector>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::hub {

using platform::Place, platform::Result;

namespace {

constexpr const char* kFormat = "gokajo-lanes/1";

struct Decision {
  std::string check;
  std::string situation;
  Lane lane = Lane::today;
  compliance::Text reason;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (check, situation, lane, reason))

struct LanesFile {
  std::string format;
  std::string about;
  std::vector<Decision> decisions;
};
BOOST_DESCRIBE_STRUCT(LanesFile, (), (format, about, decisions))

}  // namespace

Result<Lanes> read_lanes(std::string_view text) {
  const auto json = platform::parse_json(text, std::size_t{1} << 20U);
  if (!json) return json.error();
  LanesFile file;
  const Place top{"lanes"};
  if (auto status = platform::read_form(*json, file, top); !status) return status.error();
  if (file.format != kFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kFormat + "\"");
  Lanes lanes;
  for (auto& one : file.decisions)
    if (!lanes.emplace(std::pair{one.check, one.situation}, LaneDecision{one.lane, std::move(one.reason)}).second)
      return platform::misplaced(top.key("decisions"), one.check + " " + one.situation + " stands there twice");
  return lanes;
}

const Lanes& built_in_lanes() {
  static const Lanes kLanes = [] {
    for (const auto& file : embedded::hub_data())
      if (file.name == "lanes.json")
        if (auto lanes = read_lanes(file.text)) return std::move(*lanes);
    assert(false);  // a test reads the file; nothing else is compiled in
    return Lanes{};
  }();
  return kLanes;
}

LaneDecision lane_of(const std::string& check, const std::string& situation, const Lanes& lanes) {
  for (const auto& key : {std::pair{check, situation}, std::pair{check, std::string("*")}})
    if (const auto found = lanes.find(key); found != lanes.end()) return found->second;
  return {};
}

}  // namespace gokajo::hub
