/// \file
/// Which numbers of the checks a company may set, and between which values (hub/data/settings.json): beyond them a check would not say any
/// more what its name says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/policy.h"

namespace gokajo::hub {

struct SettingRange {
  std::string check;
  std::string name;
  std::int64_t least = 0;
  std::int64_t most = 0;
  compliance::Text text;
  compliance::Text unit;
};
BOOST_DESCRIBE_STRUCT(SettingRange, (), (check, name, least, most, text, unit))

/// In the order of the file. Lives as long as the program.
const std::vector<SettingRange>& setting_ranges();
const SettingRange* range_of(std::string_view check, std::string_view name);

/// Error{malformed} with the place of the first number out of its range: "settings[2].value: expected 1 to 30".
platform::Status all_in_range(const compliance::Policy& policy);

}  // namespace gokajo::hub
