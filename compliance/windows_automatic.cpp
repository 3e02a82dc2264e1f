#include "compliance/windows_automatic.h"

#include <algorithm>
#include <array>

namespace gokajo::compliance {
namespace {

// AllowAutoUpdate of a device management: 0 asks before the download, 5 is off; 1 to 4 install.
constexpr std::int64_t kManagedAsks = 0, kManagedOff = 5, kManagedMost = 5;
// AUOptions: 2, 3 and 7 ask a person; 4 installs; 5 leaves it to the settings of the PC.
constexpr std::int64_t kInstalls = 4;
constexpr std::array<std::int64_t, 3> kAsks = {2, 3, 7};

std::vector<std::string> stopped_by(const WindowsUpdateSettings& settings) {
  std::vector<std::string> why;
  if (settings.no_automatic == 1) why.push_back("NoAutoUpdate = 1");
  const auto options = settings.options.value_or(kInstalls);
  if (std::find(kAsks.begin(), kAsks.end(), options) != kAsks.end()) why.push_back("AUOptions = " + std::to_string(options));
  if (settings.managed == kManagedAsks || settings.managed == kManagedOff)
    why.push_back("AllowAutoUpdate = " + std::to_string(*settings.managed));
  return why;
}

bool known(const WindowsUpdateSettings& settings) {
  const bool zero_or_one = !settings.no_automatic || *settings.no_automatic == 0 || *settings.no_automatic == 1;
  const bool managed = !settings.managed || (*settings.managed >= 0 && *settings.managed <= kManagedMost);
  return zero_or_one && managed && settings.options.value_or(kInstalls) == kInstalls;
}

}  // namespace

Finding judge_windows_automatic(const Evidence& evidence, Time now) {
  const auto& settings = evidence.updates.windows_settings;
  const auto& services = evidence.updates.windows_services;
  const auto& windows = evidence.device.windows;
  // One that stops it is enough, whatever the others say.
  if (services && !services->disabled.empty()) return fail("services-off", services.observed_at, {{"why", List{services->disabled}}});
  if (settings && settings->paused_until && *settings->paused_until > now)
    return fail("paused", settings.observed_at, {{"date", Date{*settings->paused_until}}});
  if (!settings) return unmeasured(settings);
  if (!windows) return unmeasured(windows);
  if (auto why = stopped_by(*settings); !why.empty()) {
    // Home has no policies, and does not keep to all that tools write there.
    if (windows->edition.starts_with("Core")) return unknown("policy-on-home", settings.observed_at, {{"why", List{std::move(why)}}});
    return fail("off", settings.observed_at, {{"why", List{std::move(why)}}});
  }
  if (!services) return unmeasured(services);
  if (!services->missing.empty()) return unknown("services-missing", services.observed_at, {{"why", List{services->missing}}});
  if (!known(*settings)) return unknown("not-sure", settings.observed_at);
  // Windows 10 and 11 update themselves without any setting; what a server does then is not told.
  if (windows->kind != WindowsKind::workstation && !settings->options) return unknown("server-not-set", settings.observed_at);
  return pass("on", settings.observed_at, {{"mechanism", Name{"Windows Update"}}});
}

}  // namespace gokajo::compliance
