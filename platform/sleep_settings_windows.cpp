#include <initguid.h>
#include <windows.h>
#include <powrprof.h>

#include "platform/sleep_settings.h"
#include "platform/windows/handle.h"

namespace gokajo::platform {
namespace {

// winnt.h's GUID_STANDBY_TIMEOUT, GUID_LIDCLOSE_ACTION and their groups ("Power Setting GUIDs").
constexpr GUID kSleepGroup = {0x238C9FA8, 0x0AAD, 0x41ED, {0x83, 0xF4, 0x97, 0xBE, 0x24, 0x2C, 0x8F, 0x20}};
constexpr GUID kSleepAfter = {0x29F6C1DB, 0x86DA, 0x48C5, {0x9F, 0xDB, 0xF2, 0xB6, 0x7B, 0x1F, 0x44, 0xDA}};
constexpr GUID kButtonGroup = {0x4F971E89, 0xEEBD, 0x4455, {0xA8, 0xDE, 0x9E, 0x59, 0x04, 0x0E, 0x73, 0x47}};
constexpr GUID kLidAction = {0x5CA83367, 0x6E45, 0x459F, {0xA2, 0x7B, 0x47, 0x6B, 0x1D, 0x01, 0xC9, 0x36}};

DWORD setting(const GUID* scheme, const GUID& group, const GUID& which) {
  DWORD value = 0;
  return PowerReadACValueIndex(nullptr, scheme, &group, &which, &value) == ERROR_SUCCESS ? value : 0;
}

}  // namespace

// While on mains: what serves others is plugged in.
Sleep sleep_settings(const std::string&) {
  GUID* scheme = nullptr;
  if (PowerGetActiveScheme(nullptr, &scheme) != ERROR_SUCCESS || !scheme) return Sleep::never;
  const LocalPointer<GUID> owned(scheme);
  if (setting(scheme, kSleepGroup, kSleepAfter) != 0) return Sleep::when_idle;
  SYSTEM_POWER_CAPABILITIES able{};
  if (GetPwrCapabilities(&able) && able.LidPresent && setting(scheme, kButtonGroup, kLidAction) != 0) return Sleep::lid;
  return Sleep::never;
}

// learn.microsoft.com/windows-hardware/design/device-experiences/powercfg-command-line-options (0: never)
std::string stay_awake_command() { return "powercfg /change standby-timeout-ac 0"; }

}  // namespace gokajo::platform
