#include <windows.h>
#include <winhttp.h>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform::api {
namespace {

constexpr const wchar_t* kSettings = L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";

// "Disable HTTP proxy features": an administrator wants nothing to be looked for in the network.
bool may_detect() {
  DWORD value = 0, size = sizeof(value);
  const auto code =
      RegGetValueW(HKEY_LOCAL_MACHINE, kSettings, L"DisableWpad", RRF_RT_REG_DWORD | RRF_SUBKEY_WOW6464KEY, nullptr, &value, &size);
  return code != ERROR_SUCCESS || value == 0;
}

std::string taken(LPWSTR& text) {
  const Freed<wchar_t, &GlobalFree> owned(std::exchange(text, nullptr));
  return owned ? utf8(owned.get()) : std::string();
}

Row row_of(WINHTTP_PROXY_INFO& found, const char* origin) {
  const bool named = found.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY;
  Row row;
  row["proxy"] = cell(taken(found.lpszProxy));
  row["bypass"] = cell(taken(found.lpszProxyBypass));
  if (!named) row["proxy"] = cell(std::string());
  row["origin"] = cell(std::string(named ? origin : "none"));
  return row;
}

bool names_one(const WINHTTP_PROXY_INFO& found) { return found.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY && found.lpszProxy; }

void let_go(WINHTTP_PROXY_INFO& found) {
  (void)taken(found.lpszProxy);
  (void)taken(found.lpszProxyBypass);
}

}  // namespace

Result<Rows> proxy_for(const Arguments& arguments) {
  if (arguments.size() != 1) return Error{ErrorKind::malformed, "proxy_for: the address"};
  WINHTTP_PROXY_INFO found{};
  if (may_detect()) {
    const auto session = WinHttpOpen(L"gokajo", WINHTTP_ACCESS_TYPE_NO_PROXY, WINHTTP_NO_PROXY_NAME, WINHTTP_NO_PROXY_BYPASS, 0);
    if (!session) return last_windows_error("WinHttpOpen");
    WINHTTP_AUTOPROXY_OPTIONS wanted{};
    wanted.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
    wanted.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
    wanted.fAutoLogonIfChallenged = FALSE;  // the machine's account is shown to nobody who says that he has a script
    const bool done = WinHttpGetProxyForUrl(session, wide(arguments[0]).c_str(), &wanted, &found) != 0;
    WinHttpCloseHandle(session);
    if (done && names_one(found)) return Rows{{row_of(found, "automatic")}};
    let_go(found);
  }
  if (!WinHttpGetDefaultProxyConfiguration(&found)) return last_windows_error("WinHttpGetDefaultProxyConfiguration");
  return Rows{{row_of(found, "machine")}};
}

}  // namespace gokajo::platform::api
