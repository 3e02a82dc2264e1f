#include "compliance/windows_remote_desktop.h"

namespace gokajo::compliance {

RemoteDesktop remote_desktop_of(const Evidence& evidence) {
  const auto& windows = evidence.device.windows;
  // EditionID of Home: Core, CoreN, CoreSingleLanguage, CoreCountrySpecific.
  if (windows && windows->edition.starts_with("Core")) return RemoteDesktop::off;
  const auto& desktop = evidence.sharing.windows_remote_desktop;
  if (!desktop || !desktop->enabled) return RemoteDesktop::not_known;
  if (!*desktop->enabled) return RemoteDesktop::off;
  return windows && !windows->edition.empty() ? RemoteDesktop::on : RemoteDesktop::not_known;
}

Finding remote_desktop_unread(const Evidence& evidence) {
  const auto& desktop = evidence.sharing.windows_remote_desktop;
  if (!desktop) return unmeasured(desktop);
  if (desktop->enabled && !evidence.device.windows) return unmeasured(evidence.device.windows);
  return unknown("desktop-unsaid", desktop.observed_at);
}

}  // namespace gokajo::compliance
