#include "compliance/lifecycle.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::compliance {
namespace {

using platform::Done, platform::misplaced, platform::Place, platform::Status;

template <class Rows>
bool has_id(const Rows& rows, std::string_view id) {
  return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
}

Status validate_extended(const Lifecycle& lifecycle, const std::optional<std::vector<ExtendedSupport>>& extended,
                         std::optional<Time> free_until, const Place& place) {
  if (!extended) return Done{};
  for (std::size_t i = 0; i < extended->size(); ++i) {
    const Place at = place.key("extended").index(i);
    if (!has_id(lifecycle.conditions, (*extended)[i].condition)) return misplaced(at.key("condition"), "no such condition");
    if (free_until && (*extended)[i].until < *free_until) return misplaced(at.key("until"), "expected a day after the free one");
  }
  return Done{};
}

Status validate_release(const Lifecycle& lifecycle, const SupportedRelease& row, const Place& place) {
  if (row.free_until.has_value() == row.practice.has_value()) return misplaced(place, "expected either \"free_until\" or \"practice\"");
  if (row.practice && row.practice->state != "gets-fixes" && row.practice->state != "no-fixes")
    return misplaced(place.key("practice").key("state"), "expected \"gets-fixes\" or \"no-fixes\"");
  if (row.practice && (row.practice->state == "gets-fixes") != row.practice->rely_until.has_value())
    return misplaced(place.key("practice").key("rely_until"), "expected with \"gets-fixes\", and only there");
  if (!has_id(lifecycle.sources, row.source)) return misplaced(place.key("source"), "no such source");
  return validate_extended(lifecycle, row.extended, row.free_until, place);
}

Status validate_releases(const Lifecycle& lifecycle) {
  std::set<std::array<std::string, 3>> seen;
  for (std::size_t i = 0; i < lifecycle.releases.size(); ++i) {
    const auto& row = lifecycle.releases[i];
    const Place place = Place{"releases"}.index(i);
    if (auto status = validate_release(lifecycle, row, place); !status) return status;
    if (!seen.insert({row.os, row.release, row.edition.value_or("")}).second)
      return misplaced(place, row.os + " " + row.release + " stands twice");
  }
  return Done{};
}

Status validate_software(const Lifecycle& lifecycle) {
  static constexpr std::array<std::string_view, 4> kPolicies = {"dated", "newest-only", "channel", "distribution"};
  for (std::size_t i = 0; i < lifecycle.software.size(); ++i) {
    const auto& row = lifecycle.software[i];
    const Place place = Place{"software"}.index(i);
    if (!has_id(lifecycle.sources, row.source)) return misplaced(place.key("source"), "no such source");
    if (!find_policy(lifecycle, row.product)) return misplaced(place.key("product"), "no policy for this product");
    if (auto status = validate_extended(lifecycle, row.extended, row.until, place); !status) return status;
  }
  for (std::size_t i = 0; i < lifecycle.policies.size(); ++i) {
    const auto& row = lifecycle.policies[i];
    const Place place = Place{"policies"}.index(i);
    if (std::find(kPolicies.begin(), kPolicies.end(), row.policy) == kPolicies.end())
      return misplaced(place.key("policy"), "unknown policy");
    if (row.older_than_rows && *row.older_than_rows != "ended") return misplaced(place.key("older_than_rows"), "expected \"ended\"");
    if (!has_id(lifecycle.sources, row.source)) return misplaced(place.key("source"), "no such source");
  }
  return Done{};
}

// Which edition of a system NAME tells: the only two families whose editions share ID and VERSION_ID.
std::string_view edition_of(const OsRelease& os) {
  if (os.id == "centos") return os.name.find("Stream") != std::string::npos ? "stream" : "linux";
  if (os.id == "linuxmint" && os.name == "LMDE") return "lmde";
  return {};
}

bool edition_fits(const SupportedRelease& row, std::string_view edition) {
  if (row.edition) return *row.edition == edition;
  // Linux Mint's own rows have no edition, and LMDE counts its releases differently.
  return edition != "lmde";
}

std::string_view next_part(std::string_view& rest) {
  const auto end = std::min(rest.find_first_of(".-"), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

std::strong_ordering compare_parts(std::string_view left, std::string_view right) {
  if (is_number(left) != is_number(right)) return is_number(left) ? std::strong_ordering::less : std::strong_ordering::greater;
  if (!is_number(left)) return left <=> right;
  left.remove_prefix(std::min(left.find_first_not_of('0'), left.size()));
  right.remove_prefix(std::min(right.find_first_not_of('0'), right.size()));
  return left.size() != right.size() ? left.size() <=> right.size() : left <=> right;
}

}  // namespace

platform::Result<Lifecycle> read_lifecycle(std::string_view text) {
  auto json = platform::parse_json(text, kMaxLifecycleBytes);
  if (!json) return json.error();
  Lifecycle lifecycle;
  if (auto status = platform::read_form(*json, lifecycle, Place{}); !status) return status.error();
  if (lifecycle.format != kLifecycleFormat) return misplaced(Place{"format"}, std::string("expected \"") + kLifecycleFormat + "\"");
  if (auto status = validate_releases(lifecycle); !status) return status.error();
  if (auto status = validate_software(lifecycle); !status) return status.error();
  return lifecycle;
}

const Lifecycle& built_in_lifecycle() {
  static const Lifecycle lifecycle = [] {
    for (const auto& file : embedded::data())
      if (file.name == "lifecycle.json") {
        auto read = read_lifecycle(file.text);
        assert(read);
        if (read) return std::move(*read);
      }
    return Lifecycle{};
  }();
  return lifecycle;
}

FoundRelease find_release(const Lifecycle& lifecycle, const OsRelease& os) {
  FoundRelease found;
  if (os.version_id.empty()) return found;
  const auto edition = edition_of(os);
  bool known_system = false, above_all = true;
  for (const auto& row : lifecycle.releases) {
    if (row.os != os.id || row.build || !edition_fits(row, edition)) continue;
    known_system = true;
    above_all = above_all && compare_releases(os.version_id, row.release) > 0;
    if (release_covers(row.release, os.version_id) && (!found.row || row.release.size() > found.row->release.size())) found.row = &row;
  }
  found.newer_than_table = !found.row && known_system && above_all;
  return found;
}

const RollingSystem* find_rolling(const Lifecycle& lifecycle, std::string_view os) {
  for (const auto& row : lifecycle.rolling)
    if (row.os == os) return &row;
  return nullptr;
}

const SupportedSoftware* find_software(const Lifecycle& lifecycle, std::string_view product, std::string_view version) {
  const SupportedSoftware* found = nullptr;
  for (const auto& row : lifecycle.software)
    if (row.product == product && release_covers(row.release, version) && (!found || row.release.size() > found->release.size()))
      found = &row;
  return found;
}

const SoftwarePolicy* find_policy(const Lifecycle& lifecycle, std::string_view product) {
  for (const auto& row : lifecycle.policies)
    if (row.product == product) return &row;
  return nullptr;
}

Time as_of(const Lifecycle& lifecycle, std::string_view source) {
  for (const auto& row : lifecycle.sources)
    if (row.id == source) return row.as_of;
  return {};
}

std::strong_ordering compare_releases(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    // "15" and "15.0" are not the same release: the one with more parts is above.
    if (left.empty() || right.empty()) return left.empty() ? std::strong_ordering::less : std::strong_ordering::greater;
    if (const auto order = compare_parts(next_part(left), next_part(right)); order != 0) return order;
  }
  return std::strong_ordering::equal;
}

bool release_covers(std::string_view release, std::string_view version) {
  return version == release || (version.size() > release.size() && version.starts_with(release) && version[release.size()] == '.');
}

}  // namespace gokajo::compliance
