/// \file
/// Between which values a setting of a check still is what the check's name says (compliance/data/setting_ranges.json): for rule packs and
/// for what a company changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/settings.h"
#include "compliance/text.h"
#include "platform/json_form.h"

namespace gokajo::compliance {

/// `text`, `unit`: what the number is called where a company sets it.
struct SettingRange {
  std::string check;
  std::string name;
  std::int64_t least = 0;
  std::int64_t most = 0;
  Text text;
  Text unit;
};
BOOST_DESCRIBE_STRUCT(SettingRange, (), (check, name, least, most, text, unit))

/// `least`: how many of `names` there must be.
struct ListRange {
  std::string check;
  std::string name;
  std::vector<std::string> names;
  std::int64_t least = 0;
};
BOOST_DESCRIBE_STRUCT(ListRange, (), (check, name, names, least))

/// In the order of the file. Lives as long as the program; any thread.
const std::vector<SettingRange>& setting_ranges();
const SettingRange* range_of(std::string_view check, std::string_view name);
const ListRange* list_range_of(std::string_view check, std::string_view name);

/// Error{malformed} with `place`: "settings.min_length: expected 10 to 64". A setting without a range is in every range.
platform::Status in_range(std::string_view check, std::string_view name, const Setting& value, const platform::Place& place);

}  // namespace gokajo::compliance
