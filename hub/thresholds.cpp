#include "hub/thresholds.h"

#include <algorithm>
#include <cassert>

#include "platform/embedded.h"

namespace gokajo::hub {

using platform::Json, platform::Place;

namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr const char* kFile = "settings.json";

std::vector<SettingRange> of_file() {
  std::vector<SettingRange> ranges;
  for (const auto& file : embedded::hub_data()) {
    if (file.name != kFile) continue;
    const auto json = platform::parse_json(file.text, kMaxBytes);
    const bool read = json && platform::read_form(json->value("settings", Json()), ranges, Place{kFile}).has_value();
    assert(read);
    (void)read;
  }
  return ranges;
}

}  // namespace

const std::vector<SettingRange>& setting_ranges() {
  static const auto kRanges = of_file();
  return kRanges;
}

const SettingRange* range_of(std::string_view check, std::string_view name) {
  const auto& all = setting_ranges();
  const auto found = std::find_if(all.begin(), all.end(), [&](const SettingRange& one) { return one.check == check && one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

platform::Status all_in_range(const compliance::Policy& policy) {
  for (std::size_t i = 0; i < policy.settings.size(); ++i) {
    const auto& one = policy.settings[i];
    const auto* range = range_of(one.check, one.name);
    const auto* number = std::get_if<std::int64_t>(&one.value);
    if (!range || !number || (*number >= range->least && *number <= range->most)) continue;
    return platform::misplaced(Place{"settings"}.index(i).key("value"),
                               "expected " + std::to_string(range->least) + " to " + std::to_string(range->most));
  }
  return platform::Done{};
}

}  // namespace gokajo::hub
