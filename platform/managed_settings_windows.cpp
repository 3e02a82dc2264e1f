#include <windows.h>

#include <cstring>
#include <vector>

#include "platform/managed_settings.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

using Key = Freed<std::remove_pointer_t<HKEY>, &RegCloseKey>;

constexpr wchar_t kProduct[] = L"SOFTWARE\\Gokajo";
constexpr wchar_t kSetup[] = L"SOFTWARE\\Gokajo\\Setup";
constexpr wchar_t kPolicy[] = L"SOFTWARE\\Policies\\Gokajo";
constexpr DWORD kMostValues = 64;
constexpr DWORD kMostBytes = 16U << 10U;
constexpr DWORD kMostName = 256;

ManagedSettings values_of(const wchar_t* path) {
  ManagedSettings settings;
  HKEY opened = nullptr;
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &opened) != ERROR_SUCCESS) return settings;
  const Key key(opened);
  std::vector<BYTE> bytes(kMostBytes);
  for (DWORD i = 0; i < kMostValues; ++i) {
    wchar_t name[kMostName] = L"";
    DWORD length = kMostName, type = 0, size = kMostBytes;
    const auto code = RegEnumValueW(key.get(), i, name, &length, nullptr, &type, bytes.data(), &size);
    if (code == ERROR_NO_MORE_ITEMS) break;
    if (code != ERROR_SUCCESS) continue;  // too long to be one of ours
    if (type == REG_DWORD && size == sizeof(DWORD)) {
      DWORD number = 0;
      std::memcpy(&number, bytes.data(), sizeof(number));
      settings[utf8(name)] = std::to_string(number);
    } else if (type == REG_SZ) {
      std::wstring text(size / sizeof(wchar_t), L'\0');
      std::memcpy(text.data(), bytes.data(), text.size() * sizeof(wchar_t));
      settings[utf8(name)] = utf8(std::wstring_view(text).substr(0, text.find(L'\0')));  // npos: it did not end in a zero
    }
  }
  return settings;
}

}  // namespace

ManagedSettings policy_settings() { return values_of(kPolicy); }

ManagedSettings installer_settings() { return values_of(kSetup); }

Status forget_installer_settings() {
  const auto code = RegDeleteKeyExW(HKEY_LOCAL_MACHINE, kSetup, KEY_WOW64_64KEY, 0);
  if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND)
    return windows_error("HKLM\\SOFTWARE\\Gokajo\\Setup", static_cast<DWORD>(code));
  // Stays where the other product keeps something in it.
  (void)RegDeleteKeyExW(HKEY_LOCAL_MACHINE, kProduct, KEY_WOW64_64KEY, 0);
  return Done{};
}

}  // namespace gokajo::platform
