#include <windows.h>
#include <lm.h>
#include <powrprof.h>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform::api {
namespace {

// winnt.h's "Power Setting GUIDs".
constexpr GUID kSleepGroup = {0x238C9FA8, 0x0AAD, 0x41ED, {0x83, 0xF4, 0x97, 0xBE, 0x24, 0x2C, 0x8F, 0x20}};
constexpr GUID kSleepAfter = {0x29F6C1DB, 0x86DA, 0x48C5, {0x9F, 0xDB, 0xF2, 0xB6, 0x7B, 0x1F, 0x44, 0xDA}};
constexpr GUID kNoGroup = {0xFEA3413E, 0x7E05, 0x4911, {0x9A, 0x71, 0x70, 0x03, 0x31, 0xF1, 0xC2, 0x94}};
constexpr GUID kLockOnWake = {0x0E796BDB, 0x100D, 0x47D6, {0xA2, 0xD5, 0xF7, 0xD2, 0xDA, 0xA5, 0x1F, 0x51}};
constexpr GUID kButtonGroup = {0x4F971E89, 0xEEBD, 0x4455, {0xA8, 0xDE, 0x9E, 0x59, 0x04, 0x0E, 0x73, 0x47}};
constexpr GUID kLidAction = {0x5CA83367, 0x6E45, 0x459F, {0xA2, 0x7B, 0x47, 0x6B, 0x1D, 0x01, 0xC9, 0x36}};

std::string registry_text(const wchar_t* key, const wchar_t* value) {
  wchar_t text[512] = L"";
  DWORD size = sizeof(text);
  return RegGetValueW(HKEY_LOCAL_MACHINE, key, value, RRF_RT_REG_SZ, nullptr, text, &size) == ERROR_SUCCESS ? utf8(text) : std::string();
}

// "C:\Program Files\..." and Windows' own folders only: the files of others are none of ours.
bool may_look_at(const std::wstring& path) {
  wchar_t folder[MAX_PATH] = L"";
  std::vector<std::wstring> places;
  for (const wchar_t* name : {L"ProgramFiles", L"ProgramFiles(x86)", L"ProgramW6432", L"SystemRoot", L"ProgramData"}) {
    const auto length = GetEnvironmentVariableW(name, folder, MAX_PATH);
    if (length > 3 && length < MAX_PATH) places.push_back(std::wstring(folder, length) + L"\\");
  }
  if (path.find(L"..") != std::wstring::npos) return false;
  return std::any_of(places.begin(), places.end(), [&](const std::wstring& place) {
    return path.size() > place.size() && CompareStringOrdinal(path.c_str(), static_cast<int>(place.size()), place.c_str(),
                                                              static_cast<int>(place.size()), TRUE) == CSTR_EQUAL;
  });
}

}  // namespace

Result<Rows> product(const Arguments&) {
  OSVERSIONINFOEXW version{};
  version.dwOSVersionInfoSize = sizeof(version);
  const auto rtl = find_function<LONG(WINAPI*)(OSVERSIONINFOEXW*)>(L"ntdll.dll", "RtlGetVersion");
  if (!rtl || rtl(&version) != 0) return Error{ErrorKind::failed, "RtlGetVersion"};
  Row row;
  row["product_type"] = cell(static_cast<std::int64_t>(version.wProductType));
  row["major"] = cell(version.dwMajorVersion);
  row["minor"] = cell(version.dwMinorVersion);
  row["build"] = cell(version.dwBuildNumber);
  DWORD edition = 0;
  if (GetProductInfo(version.dwMajorVersion, version.dwMinorVersion, 0, 0, &edition)) row["product_info"] = cell(edition);
  FIRMWARE_TYPE firmware = FirmwareTypeUnknown;
  // Wine 8 ends a program that calls it.
  if (!is_wine() && GetFirmwareType(&firmware)) row["firmware"] = cell(static_cast<std::int64_t>(firmware));
  if (const auto wine = find_function<const char*(CDECL*)()>(L"ntdll.dll", "wine_get_version")) row["wine"] = cell(std::string(wine()));
  return Rows{{std::move(row)}};
}

Result<Rows> join(const Arguments&) {
  Row row;
  LPWSTR name = nullptr;
  NETSETUP_JOIN_STATUS status = NetSetupUnknownStatus;
  const auto code = NetGetJoinInformation(nullptr, &name, &status);
  if (name) NetApiBufferFree(name);
  if (code != NERR_Success) return windows_error("NetGetJoinInformation", code);
  // lmjoin.h: unknown 0, unjoined 1, workgroup 2, domain 3.
  if (status != NetSetupUnknownStatus) row["join"] = cell(static_cast<std::int64_t>(status));
  // Neither is declared by mingw-w64 (evidence: windows guide 6.6). DSREG_JOIN_INFO begins with its joinType.
  struct JoinInfo {
    int type;
  };
  const auto ask = find_function<HRESULT(WINAPI*)(LPCWSTR, JoinInfo**)>(L"netapi32.dll", "NetGetAadJoinInformation");
  const auto free_it = find_function<void(WINAPI*)(JoinInfo*)>(L"netapi32.dll", "NetFreeAadJoinInformation");
  if (ask && free_it) {
    JoinInfo* info = nullptr;
    const auto result = ask(nullptr, &info);
    if (SUCCEEDED(result)) row["entra"] = cell(info ? info->type : 0);
    if (FAILED(result)) put_error(row, "entra", static_cast<unsigned long>(result));
    if (info) free_it(info);
  }
  const auto managed = find_function<HRESULT(WINAPI*)(BOOL*, DWORD, LPWSTR)>(L"mdmregistration.dll", "IsDeviceRegisteredWithManagement");
  BOOL is_managed = FALSE;
  wchar_t account[256] = L"";
  if (managed && SUCCEEDED(managed(&is_managed, 256, account))) row["managed"] = cell(is_managed != FALSE);
  return Rows{{std::move(row)}};
}

Result<Rows> hardware(const Arguments&) {
  Row row;
  constexpr const wchar_t* kBios = L"HARDWARE\\DESCRIPTION\\System\\BIOS";
  row["vendor"] = cell(registry_text(kBios, L"SystemManufacturer"));
  row["model"] = cell(registry_text(kBios, L"SystemProductName"));
  row["processor"] = cell(registry_text(L"HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0", L"ProcessorNameString"));
  MEMORYSTATUSEX memory{};
  memory.dwLength = sizeof(memory);
  if (!GlobalMemoryStatusEx(&memory)) return last_windows_error("GlobalMemoryStatusEx");
  row["memory_mib"] = cell(static_cast<std::int64_t>(memory.ullTotalPhys >> 20U));
  return Rows{{std::move(row)}};
}

Result<Rows> drives(const Arguments&) {
  wchar_t names[512] = L"";
  const auto length = GetLogicalDriveStringsW(511, names);
  if (length == 0 || length > 511) return last_windows_error("GetLogicalDriveStringsW");
  wchar_t windows[MAX_PATH] = L"";
  GetSystemWindowsDirectoryW(windows, MAX_PATH);
  Rows rows;
  for (const wchar_t* name = names; *name; name += wcslen(name) + 1) {
    if (GetDriveTypeW(name) != DRIVE_FIXED) continue;
    Row row;
    row["drive"] = cell(utf8(std::wstring_view(name, 2)));
    row["system"] = cell(towupper(windows[0]) == towupper(name[0]));
    wchar_t file_system[64] = L"";
    if (GetVolumeInformationW(name, nullptr, 0, nullptr, nullptr, nullptr, file_system, 64))
      row["file_system"] = cell(utf8(file_system));
    else
      put_error(row, "file_system", GetLastError());
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

Result<Rows> power(const Arguments&) {
  GUID* scheme = nullptr;
  if (const auto code = PowerGetActiveScheme(nullptr, &scheme); code != ERROR_SUCCESS) return windows_error("PowerGetActiveScheme", code);
  const LocalPointer<GUID> owned(scheme);
  Row row;
  const auto put = [&](const std::string& name, const GUID& group, const GUID& setting) {
    DWORD value = 0;
    if (PowerReadACValueIndex(nullptr, scheme, &group, &setting, &value) == ERROR_SUCCESS) row[name + "_ac"] = cell(value);
    if (PowerReadDCValueIndex(nullptr, scheme, &group, &setting, &value) == ERROR_SUCCESS) row[name + "_dc"] = cell(value);
  };
  put("sleep", kSleepGroup, kSleepAfter);
  put("lock", kNoGroup, kLockOnWake);
  put("lid", kButtonGroup, kLidAction);
  SYSTEM_POWER_CAPABILITIES able{};
  if (GetPwrCapabilities(&able)) {
    row["battery"] = cell(able.SystemBatteriesPresent != FALSE);
    // mingw-w64 10 has Windows 7's names: the three spare bytes are Hiberboot, WakeAlarmPresent and AoAc (winnt.h of SDK 8 and later).
    row["modern_standby"] = cell(able.spare2[2] != FALSE);
  }
  return Rows{{std::move(row)}};
}

Result<Rows> file_version(const Arguments& arguments) {
  if (arguments.size() != 1) return Error{ErrorKind::denied, "file_version: one path"};
  const auto path = wide(arguments.front());
  if (!may_look_at(path)) return Error{ErrorKind::denied, arguments.front() + ": not a program's folder"};
  DWORD ignored = 0;
  const auto size = GetFileVersionInfoSizeW(path.c_str(), &ignored);
  if (size == 0) return last_windows_error(arguments.front());
  std::vector<std::byte> bytes(size);
  VS_FIXEDFILEINFO* fixed = nullptr;
  UINT length = 0;
  if (!GetFileVersionInfoW(path.c_str(), 0, size, bytes.data()) ||
      !VerQueryValueW(bytes.data(), L"\\", reinterpret_cast<void**>(&fixed), &length) || length < sizeof(VS_FIXEDFILEINFO))
    return last_windows_error(arguments.front());
  const auto text = [](DWORD high, DWORD low) {
    return std::to_string(high >> 16U) + "." + std::to_string(high & 0xFFFFU) + "." + std::to_string(low >> 16U) + "." +
           std::to_string(low & 0xFFFFU);
  };
  Row row;
  row["version"] = cell(text(fixed->dwFileVersionMS, fixed->dwFileVersionLS));
  row["product_version"] = cell(text(fixed->dwProductVersionMS, fixed->dwProductVersionLS));
  return Rows{{std::move(row)}};
}

}  // namespace gokajo::platform::api
