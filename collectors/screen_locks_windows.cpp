#include <charconv>

#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/sign_in_windows.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::WindowsIdleLock, compliance::WindowsScreenSaver, compliance::WindowsSleep;
using platform::AskApi, platform::ask, platform::Host, platform::ReadRegistry, platform::Row;

namespace {

constexpr const char* kPolicies = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
constexpr const char* kDeviceLock = "HKLM\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\DeviceLock";

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

/// The text of the policy, else of the person's own setting.
platform::Result<std::string> text_of(const Row& policy, const Row& own, const std::string& name) {
  for (const auto* row : {&policy, &own}) {
    const auto text = text_in(*row, name);
    if (!text) return text.error();
    if (*text) return **text;
  }
  return std::string();
}

}  // namespace

Fact<WindowsIdleLock> collect_idle_lock_windows(const Host& host) {
  const auto policies = values_of(host, ReadRegistry{kPolicies, {"InactivityTimeoutSecs"}});
  if (!policies) return unavailable<WindowsIdleLock>(policies);
  const auto managed = values_of(host, ReadRegistry{kDeviceLock, {"DevicePasswordEnabled", "MaxInactivityTimeDeviceLock"}});
  if (!managed) return unavailable<WindowsIdleLock>(managed);
  const auto seconds = number_in(*policies, "InactivityTimeoutSecs");
  if (!seconds) return malformed<WindowsIdleLock>(seconds.error().detail, policies);
  const auto password = number_in(*managed, "DevicePasswordEnabled"), minutes = number_in(*managed, "MaxInactivityTimeDeviceLock");
  for (const auto* value : {&password, &minutes})
    if (!*value) return malformed<WindowsIdleLock>(value->error().detail, managed);
  WindowsIdleLock found;
  if (*seconds && **seconds > 0) found.policy = **seconds;
  // DevicePasswordEnabled is the wrong way round: 0 demands a password.
  if (*password && **password == 0 && *minutes && **minutes > 0) found.managed = **minutes * 60;
  return observed(found, policies);
}

Fact<WindowsSleep> collect_sleep_windows(const Host& host) {
  const auto power = ask(host, AskApi{.api = "power"});
  if (!power) return unavailable<WindowsSleep>(power);
  if (power->rows.size() != 1) return malformed<WindowsSleep>("expected one row", power);
  const auto& row = power->rows.front();
  const auto battery = truth_in(row, "battery"), standby = truth_in(row, "modern_standby");
  const auto sleep = number_in(row, "sleep_ac"), locks = number_in(row, "lock_ac");
  const auto sleep_dc = number_in(row, "sleep_dc"), locks_dc = number_in(row, "lock_dc");
  if (!battery || !*battery || !standby || !*standby || !sleep || !*sleep || !locks || !*locks || !sleep_dc || !locks_dc)
    return malformed<WindowsSleep>("expected battery, modern_standby, sleep_ac and lock_ac", power);
  WindowsSleep found;
  found.plugged_in = **sleep;
  found.plugged_in_locks = **locks != 0;
  found.modern_standby = **standby;
  if (**battery) {
    if (!*sleep_dc || !*locks_dc) return malformed<WindowsSleep>("expected sleep_dc and lock_dc", power);
    found.on_battery = **sleep_dc;
    found.on_battery_locks = **locks_dc != 0;
  }
  return observed(found, power);
}

Fact<WindowsScreenSaver> collect_screen_saver_windows(const Host& host, const std::string& sid) {
  const std::vector<std::string> names = {"ScreenSaveActive", "ScreenSaverIsSecure", "ScreenSaveTimeOut", "SCRNSAVE.EXE"};
  const auto policy =
      values_of(host, ReadRegistry{"HKU\\" + sid + "\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop", names});
  if (!policy) return unavailable<WindowsScreenSaver>(policy);
  auto own_names = names;
  own_names.emplace_back("DelayLockInterval");
  const auto own = ask(host, ReadRegistry{"HKU\\" + sid + "\\Control Panel\\Desktop", own_names});
  if (!own) return unavailable<WindowsScreenSaver>(own);  // every person has this key: without it their settings are not loaded
  if (own->keys.empty() || !own->keys.front().path.empty()) return malformed<WindowsScreenSaver>("the answer lacks the key itself", own);
  const auto& values = own->keys.front().values;
  const auto active = text_of(*policy, values, "ScreenSaveActive"), secure = text_of(*policy, values, "ScreenSaverIsSecure"),
             program = text_of(*policy, values, "SCRNSAVE.EXE"), seconds = text_of(*policy, values, "ScreenSaveTimeOut");
  for (const auto* text : {&active, &secure, &program, &seconds})
    if (!*text) return malformed<WindowsScreenSaver>(text->error().detail, own);
  const auto delay = number_in(values, "DelayLockInterval");
  if (!delay) return malformed<WindowsScreenSaver>(delay.error().detail, own);
  WindowsScreenSaver found;
  found.locks = *active == "1" && *secure == "1" && !program->empty();
  found.seconds = number_from(*seconds);
  found.wake_delay = *delay;
  return observed(found, own);
}

}  // namespace gokajo::collectors
