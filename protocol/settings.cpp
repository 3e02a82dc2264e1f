#include "protocol/settings.h"

#include <algorithm>
#include <array>
#include <set>

#include "compliance/data_file.h"

namespace gokajo::protocol {

namespace {

using platform::Done, platform::Place, platform::Status, platform::misplaced;

struct Path {
  HandedOut kind;
  std::string_view begin;
};
constexpr std::array<Path, 3> kPaths = {
    {{HandedOut::pack, "/v1/packs/"}, {HandedOut::briefing, "/v1/briefings/"}, {HandedOut::table, "/v1/tables/"}}};

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

template <class T>
Status validate_named(const std::optional<std::vector<T>>& named, std::size_t most, const Place& place) {
  if (!named) return Done{};
  if (named->size() > most) return misplaced(place, "expected at most " + std::to_string(most));
  std::set<std::string> ids;
  for (std::size_t i = 0; i < named->size(); ++i) {
    const auto& one = (*named)[i];
    if (!compliance::is_data_id(one.id)) return misplaced(place.index(i).key("id"), "expected at most 64 of a-z, 0-9 and -");
    if (!ids.insert(one.id).second) return misplaced(place.index(i).key("id"), "\"" + one.id + "\" stands twice");
    if (!is_sha256(one.sha256)) return misplaced(place.index(i).key("sha256"), "expected 64 of 0-9 and a-f");
  }
  return Done{};
}

template <class T>
Status validate_versions(const std::optional<std::vector<T>>& named, const Place& place) {
  for (std::size_t i = 0; named && i < named->size(); ++i)
    if (!compliance::is_data_version((*named)[i].version))
      return misplaced(place.index(i).key("version"), "expected numbers such as 2026.11.1");
  return Done{};
}

Status validate(const Settings& settings, const Place& top) {
  if (!compliance::is_data_id(settings.pack)) return misplaced(top.key("pack"), "expected at most 64 of a-z, 0-9 and -");
  if (auto status = validate_named(settings.packs, kMaxNamedPacks, top.key("packs")); !status) return status;
  if (auto status = validate_versions(settings.packs, top.key("packs")); !status) return status;
  if (auto status = validate_named(settings.tables, kMaxNamedTables, top.key("tables")); !status) return status;
  if (auto status = validate_versions(settings.tables, top.key("tables")); !status) return status;
  return validate_named(settings.briefings, kMaxNamedBriefings, top.key("briefings"));
}

}  // namespace

std::string handed_out_path(HandedOut kind, const std::string& sha256) {
  for (const auto& path : kPaths)
    if (path.kind == kind) return std::string(path.begin) + sha256;
  return {};
}

std::optional<HandedOutPath> read_handed_out_path(std::string_view path) {
  for (const auto& one : kPaths) {
    if (!path.starts_with(one.begin)) continue;
    const auto sha256 = path.substr(one.begin.size());
    if (is_sha256(sha256)) return HandedOutPath{one.kind, std::string(sha256)};
  }
  return std::nullopt;
}

std::string write_settings(const Settings& settings) { return platform::to_form(settings).dump() + "\n"; }

platform::Result<Settings> read_settings(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxSettingsBytes);
  if (!json) return json.error();
  const platform::Place top{"settings"};
  Settings settings;
  if (auto status = platform::read_form(*json, settings, top); !status) return status.error();
  if (settings.format != kSettingsFormat)
    return platform::misplaced(top.key("format"), std::string("expected \"") + kSettingsFormat + "\"");
  if (settings.offset_minutes < -14 * 60 || settings.offset_minutes > 14 * 60)
    return platform::misplaced(top.key("offset_minutes"), "expected -840 to 840");
  if (auto status = validate(settings, top); !status) return status.error();
  auto policy = compliance::read_policy((*json)["policy"].dump());
  if (!policy) return policy.error();
  settings.policy = std::move(*policy);
  return settings;
}

}  // namespace gokajo::protocol
