#include <string_view>

#include "compliance/lifecycle.h"

namespace gokajo::compliance {
namespace {

// The column of the table an EditionID belongs to; empty for one that is not known (Cloud editions, annual channels of servers).
std::string_view family_of(const WindowsRelease& windows) {
  const std::string_view edition = windows.edition;
  if (windows.kind != WindowsKind::workstation) return edition.starts_with("Server") ? "server" : std::string_view{};
  if (edition.starts_with("IoTEnterpriseS")) return "iot-ltsc";
  if (edition.starts_with("EnterpriseS")) return "ltsc";
  for (const std::string_view start : {"Enterprise", "Education", "IoTEnterprise", "ServerRdsh"})
    if (edition.starts_with(start)) return "enterprise-education";
  for (const std::string_view start : {"Core", "Professional"})
    if (edition.starts_with(start)) return "home-pro";
  return {};
}

bool of_same_kind(const SupportedRelease& row, const WindowsRelease& windows) {
  return (row.edition == "server") == (windows.kind != WindowsKind::workstation);
}

// An annual channel ("ServerDatacenterACor") shares builds with the long one and lives shorter.
bool channel_fits(const SupportedRelease& row, const WindowsRelease& windows) {
  constexpr std::int64_t kAnnual = 25398;
  return windows.kind == WindowsKind::workstation || (windows.edition.find("ACor") != std::string::npos) == (row.build == kAnnual);
}

}  // namespace

FoundRelease find_windows(const Lifecycle& lifecycle, const WindowsRelease& windows) {
  FoundRelease found;
  const auto family = family_of(windows);
  bool known_system = false, above_all = true;
  for (const auto& row : lifecycle.releases) {
    if (row.os != "windows" || !row.build || !of_same_kind(row, windows)) continue;
    known_system = true;
    above_all = above_all && windows.build > *row.build;
    if (row.build != windows.build || !row.free_until || !channel_fits(row, windows)) continue;
    if (row.edition == "all" || (!family.empty() && row.edition == family)) found.row = &row;
  }
  found.newer_than_table = !found.row && known_system && above_all;
  return found;
}

}  // namespace gokajo::compliance
