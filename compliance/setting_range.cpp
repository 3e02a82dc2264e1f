#include "compliance/setting_range.h"

#include <algorithm>
#include <cassert>
#include <set>

#include "platform/embedded.h"

namespace gokajo::compliance {

using platform::Json, platform::Place, platform::Status, platform::misplaced;

namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr const char* kFile = "setting_ranges.json";

template <class Range>
std::vector<Range> of_file(const char* member) {
  std::vector<Range> ranges;
  for (const auto& file : embedded::data()) {
    if (file.name != kFile) continue;
    const auto json = platform::parse_json(file.text, kMaxBytes);
    const bool read = json && platform::read_form(json->value(member, Json()), ranges, Place{kFile}).has_value();
    assert(read);
    (void)read;
  }
  return ranges;
}

template <class Range>
const Range* find(const std::vector<Range>& all, std::string_view check, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Range& one) { return one.check == check && one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Status holds(const ListRange& range, const std::vector<std::string>& names, const Place& place) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::find(range.names.begin(), range.names.end(), names[i]) == range.names.end()) {
      std::string known;
      for (const auto& name : range.names) known += (known.empty() ? "" : ", ") + name;
      return misplaced(place.index(i), "expected one of " + known);
    }
    if (!seen.insert(names[i]).second) return misplaced(place.index(i), "\"" + names[i] + "\" stands twice");
  }
  if (static_cast<std::int64_t>(names.size()) < range.least) return misplaced(place, "expected at least " + std::to_string(range.least));
  return platform::Done{};
}

}  // namespace

const std::vector<SettingRange>& setting_ranges() {
  static const auto kRanges = of_file<SettingRange>("settings");
  return kRanges;
}

const SettingRange* range_of(std::string_view check, std::string_view name) { return find(setting_ranges(), check, name); }

const ListRange* list_range_of(std::string_view check, std::string_view name) {
  static const auto kRanges = of_file<ListRange>("lists");
  return find(kRanges, check, name);
}

Status in_range(std::string_view check, std::string_view name, const Setting& value, const Place& place) {
  if (const auto* names = std::get_if<std::vector<std::string>>(&value)) {
    const auto* range = list_range_of(check, name);
    return range ? holds(*range, *names, place) : Status(platform::Done{});
  }
  const auto* number = std::get_if<std::int64_t>(&value);
  const auto* range = number ? range_of(check, name) : nullptr;
  if (!range || (*number >= range->least && *number <= range->most)) return platform::Done{};
  return misplaced(place, "expected " + std::to_string(range->least) + " to " + std::to_string(range->most));
}

}  // namespace gokajo::compliance
